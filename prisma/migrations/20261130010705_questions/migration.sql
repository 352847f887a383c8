-- CreateEnum
CREATE TYPE "question_kind" AS ENUM ('text', 'choice', 'several', 'number', 'yes_no');

-- CreateEnum
CREATE TYPE "question_scope" AS ENUM ('guest', 'household');

-- CreateTable
CREATE TABLE "question" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "wedding_id" UUID NOT NULL,
    "event_id" UUID,
    "text" JSONB NOT NULL,
    "kind" "question_kind" NOT NULL,
    "scope" "question_scope" NOT NULL DEFAULT 'guest',
    "choices" JSONB NOT NULL DEFAULT '[]',
    "position" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT date_trunc('milliseconds'::text, now()),

    CONSTRAINT "question_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "answer" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "question_id" UUID NOT NULL,
    "wedding_id" UUID NOT NULL,
    "guest_id" UUID,
    "household_id" UUID,
    "value" JSONB NOT NULL,
    "answered_at" TIMESTAMPTZ NOT NULL DEFAULT date_trunc('milliseconds'::text, now()),

    CONSTRAINT "answer_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "question_wedding_id_position_idx" ON "question"("wedding_id", "position");

-- CreateIndex
CREATE INDEX "question_event_id_idx" ON "question"("event_id");

-- CreateIndex
CREATE INDEX "answer_guest_id_idx" ON "answer"("guest_id");

-- CreateIndex
CREATE INDEX "answer_household_id_idx" ON "answer"("household_id");

-- CreateIndex
CREATE INDEX "answer_wedding_id_idx" ON "answer"("wedding_id");

-- CreateIndex
CREATE UNIQUE INDEX "answer_question_id_guest_id_key" ON "answer"("question_id", "guest_id");

-- CreateIndex
CREATE UNIQUE INDEX "answer_question_id_household_id_key" ON "answer"("question_id", "household_id");

-- AddForeignKey
ALTER TABLE "question" ADD CONSTRAINT "question_wedding_id_fkey" FOREIGN KEY ("wedding_id") REFERENCES "wedding"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "question" ADD CONSTRAINT "question_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "answer" ADD CONSTRAINT "answer_question_id_fkey" FOREIGN KEY ("question_id") REFERENCES "question"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "answer" ADD CONSTRAINT "answer_wedding_id_fkey" FOREIGN KEY ("wedding_id") REFERENCES "wedding"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "answer" ADD CONSTRAINT "answer_guest_id_fkey" FOREIGN KEY ("guest_id") REFERENCES "guest"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "answer" ADD CONSTRAINT "answer_household_id_fkey" FOREIGN KEY ("household_id") REFERENCES "household"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- one of them answers
ALTER TABLE "answer" ADD CONSTRAINT "answer_of_one" CHECK (num_nonnulls("guest_id", "household_id") = 1);
