-- CreateEnum
CREATE TYPE "block_kind" AS ENUM ('text', 'stay', 'travel', 'contact', 'question', 'story', 'people');

-- CreateTable
CREATE TABLE "block" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "wedding_id" UUID NOT NULL,
    "kind" "block_kind" NOT NULL,
    "title" JSONB NOT NULL DEFAULT '{}',
    "text" JSONB NOT NULL,
    "position" INTEGER NOT NULL,
    "is_hidden" BOOLEAN NOT NULL DEFAULT false,
    "visible_on" DATE,
    "only_for" UUID[] DEFAULT ARRAY[]::UUID[],
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT date_trunc('milliseconds'::text, now()),

    CONSTRAINT "block_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "block_wedding_id_position_idx" ON "block"("wedding_id", "position");

-- AddForeignKey
ALTER TABLE "block" ADD CONSTRAINT "block_wedding_id_fkey" FOREIGN KEY ("wedding_id") REFERENCES "wedding"("id") ON DELETE CASCADE ON UPDATE CASCADE;
