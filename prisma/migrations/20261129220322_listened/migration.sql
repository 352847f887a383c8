-- CreateTable
CREATE TABLE "listened" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "recording_id" UUID NOT NULL,
    "wedding_id" UUID NOT NULL,
    "guest_id" UUID,
    "household_id" UUID,
    "seconds" DOUBLE PRECISION NOT NULL,
    "is_finished" BOOLEAN NOT NULL DEFAULT false,
    "updated_at" TIMESTAMPTZ NOT NULL DEFAULT date_trunc('milliseconds'::text, now()),

    CONSTRAINT "listened_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "listened_wedding_id_idx" ON "listened"("wedding_id");

-- CreateIndex
CREATE INDEX "listened_guest_id_idx" ON "listened"("guest_id");

-- CreateIndex
CREATE INDEX "listened_household_id_idx" ON "listened"("household_id");

-- CreateIndex
CREATE UNIQUE INDEX "listened_recording_id_guest_id_key" ON "listened"("recording_id", "guest_id");

-- CreateIndex
CREATE UNIQUE INDEX "listened_recording_id_household_id_key" ON "listened"("recording_id", "household_id");

-- AddForeignKey
ALTER TABLE "listened" ADD CONSTRAINT "listened_recording_id_fkey" FOREIGN KEY ("recording_id") REFERENCES "recording"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "listened" ADD CONSTRAINT "listened_wedding_id_fkey" FOREIGN KEY ("wedding_id") REFERENCES "wedding"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "listened" ADD CONSTRAINT "listened_guest_id_fkey" FOREIGN KEY ("guest_id") REFERENCES "guest"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "listened" ADD CONSTRAINT "listened_household_id_fkey" FOREIGN KEY ("household_id") REFERENCES "household"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What the schema language cannot say
ALTER TABLE "listened" ADD CONSTRAINT "listened_listener_check" CHECK (num_nonnulls("guest_id", "household_id") = 1);
