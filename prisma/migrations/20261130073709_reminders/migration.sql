-- CreateTable
CREATE TABLE "reminder" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "wedding_id" UUID NOT NULL,
    "days_before" SMALLINT NOT NULL,
    "time" TEXT NOT NULL,
    "planned_at" TIMESTAMPTZ NOT NULL DEFAULT date_trunc('milliseconds'::text, now()),

    CONSTRAINT "reminder_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reminded" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "wedding_id" UUID NOT NULL,
    "reminder_id" UUID,
    "household_id" UUID NOT NULL,
    "sent_at" TIMESTAMPTZ NOT NULL DEFAULT date_trunc('milliseconds'::text, now()),

    CONSTRAINT "reminded_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "reminder_wedding_id_days_before_time_key" ON "reminder"("wedding_id", "days_before", "time");

-- CreateIndex
CREATE INDEX "reminded_wedding_id_idx" ON "reminded"("wedding_id");

-- CreateIndex
CREATE INDEX "reminded_household_id_idx" ON "reminded"("household_id");

-- CreateIndex
CREATE UNIQUE INDEX "reminded_reminder_id_household_id_key" ON "reminded"("reminder_id", "household_id");

-- AddForeignKey
ALTER TABLE "reminder" ADD CONSTRAINT "reminder_wedding_id_fkey" FOREIGN KEY ("wedding_id") REFERENCES "wedding"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reminded" ADD CONSTRAINT "reminded_wedding_id_fkey" FOREIGN KEY ("wedding_id") REFERENCES "wedding"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reminded" ADD CONSTRAINT "reminded_reminder_id_fkey" FOREIGN KEY ("reminder_id") REFERENCES "reminder"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reminded" ADD CONSTRAINT "reminded_household_id_fkey" FOREIGN KEY ("household_id") REFERENCES "household"("id") ON DELETE CASCADE ON UPDATE CASCADE;
