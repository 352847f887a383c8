-- CreateEnum
CREATE TYPE "proposal_mode" AS ENUM ('everybody', 'rest', 'improve');

-- CreateEnum
CREATE TYPE "proposal_state" AS ENUM ('working', 'ready', 'failed');

-- CreateTable
CREATE TABLE "seating_proposal" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "wedding_id" UUID NOT NULL,
    "plan_id" UUID NOT NULL,
    "mode" "proposal_mode" NOT NULL,
    "with_silent" BOOLEAN NOT NULL DEFAULT false,
    "seed" INTEGER NOT NULL DEFAULT 1,
    "state" "proposal_state" NOT NULL DEFAULT 'working',
    "share" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "holding" INTEGER NOT NULL DEFAULT 0,
    "wishes" INTEGER NOT NULL DEFAULT 0,
    "is_stopping" BOOLEAN NOT NULL DEFAULT false,
    "basis" TEXT NOT NULL DEFAULT '',
    "answer" JSONB,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT date_trunc('milliseconds'::text, now()),

    CONSTRAINT "seating_proposal_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "seating_proposal_plan_id_key" ON "seating_proposal"("plan_id");

-- CreateIndex
CREATE INDEX "seating_proposal_wedding_id_idx" ON "seating_proposal"("wedding_id");

-- AddForeignKey
ALTER TABLE "seating_proposal" ADD CONSTRAINT "seating_proposal_wedding_id_fkey" FOREIGN KEY ("wedding_id") REFERENCES "wedding"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "seating_proposal" ADD CONSTRAINT "seating_proposal_plan_id_fkey" FOREIGN KEY ("plan_id") REFERENCES "plan"("id") ON DELETE CASCADE ON UPDATE CASCADE;
