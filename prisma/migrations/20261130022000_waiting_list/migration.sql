-- AlterEnum
ALTER TYPE "reply_state" ADD VALUE 'waiting';

-- AlterTable
ALTER TABLE "event" ADD COLUMN     "capacity" INTEGER;

-- CreateTable
CREATE TABLE "wait" (
    "event_id" UUID NOT NULL,
    "household_id" UUID NOT NULL,
    "wedding_id" UUID NOT NULL,
    "comes_in_part" BOOLEAN NOT NULL DEFAULT false,
    "asked_at" TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
    "offered_places" INTEGER,
    "offered_until" TIMESTAMPTZ,

    CONSTRAINT "wait_pkey" PRIMARY KEY ("event_id","household_id")
);

-- CreateIndex
CREATE INDEX "wait_household_id_idx" ON "wait"("household_id");

-- CreateIndex
CREATE INDEX "wait_wedding_id_idx" ON "wait"("wedding_id");

-- AddForeignKey
ALTER TABLE "wait" ADD CONSTRAINT "wait_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "wait" ADD CONSTRAINT "wait_household_id_fkey" FOREIGN KEY ("household_id") REFERENCES "household"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "wait" ADD CONSTRAINT "wait_wedding_id_fkey" FOREIGN KEY ("wedding_id") REFERENCES "wedding"("id") ON DELETE CASCADE ON UPDATE CASCADE;
