-- AlterTable
ALTER TABLE "event" ADD COLUMN     "sequence" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "cancelled_event" (
    "id" UUID NOT NULL,
    "household_id" UUID NOT NULL,
    "wedding_id" UUID NOT NULL,
    "name" JSONB NOT NULL,
    "starts_at" TIMESTAMPTZ NOT NULL,
    "ends_at" TIMESTAMPTZ,
    "sequence" INTEGER NOT NULL,

    CONSTRAINT "cancelled_event_pkey" PRIMARY KEY ("id","household_id")
);

-- CreateTable
CREATE TABLE "calendar_address" (
    "household_id" UUID NOT NULL,
    "wedding_id" UUID NOT NULL,
    "secret" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT date_trunc('milliseconds'::text, now()),

    CONSTRAINT "calendar_address_pkey" PRIMARY KEY ("household_id")
);

-- CreateIndex
CREATE INDEX "cancelled_event_household_id_idx" ON "cancelled_event"("household_id");

-- CreateIndex
CREATE INDEX "cancelled_event_wedding_id_idx" ON "cancelled_event"("wedding_id");

-- CreateIndex
CREATE UNIQUE INDEX "calendar_address_secret_key" ON "calendar_address"("secret");

-- CreateIndex
CREATE INDEX "calendar_address_wedding_id_idx" ON "calendar_address"("wedding_id");

-- AddForeignKey
ALTER TABLE "cancelled_event" ADD CONSTRAINT "cancelled_event_household_id_fkey" FOREIGN KEY ("household_id") REFERENCES "household"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cancelled_event" ADD CONSTRAINT "cancelled_event_wedding_id_fkey" FOREIGN KEY ("wedding_id") REFERENCES "wedding"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "calendar_address" ADD CONSTRAINT "calendar_address_household_id_fkey" FOREIGN KEY ("household_id") REFERENCES "household"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "calendar_address" ADD CONSTRAINT "calendar_address_wedding_id_fkey" FOREIGN KEY ("wedding_id") REFERENCES "wedding"("id") ON DELETE CASCADE ON UPDATE CASCADE;
