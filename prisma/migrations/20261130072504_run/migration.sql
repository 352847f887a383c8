-- CreateEnum
CREATE TYPE "run_state" AS ENUM ('running', 'paused', 'stopped');

-- AlterTable
ALTER TABLE "message" ADD COLUMN     "run_id" UUID;

-- CreateTable
CREATE TABLE "run" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "wedding_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "state" "run_state" NOT NULL DEFAULT 'running',
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT date_trunc('milliseconds'::text, now()),

    CONSTRAINT "run_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "run_wedding_id_idx" ON "run"("wedding_id");

-- CreateIndex
CREATE INDEX "message_run_id_idx" ON "message"("run_id");

-- AddForeignKey
ALTER TABLE "message" ADD CONSTRAINT "message_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_wedding_id_fkey" FOREIGN KEY ("wedding_id") REFERENCES "wedding"("id") ON DELETE CASCADE ON UPDATE CASCADE;
