-- AlterTable
ALTER TABLE "upload" ADD COLUMN     "household_id" UUID,
ALTER COLUMN "account_id" DROP NOT NULL;

-- CreateTable
CREATE TABLE "voice" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "wedding_id" UUID NOT NULL,
    "household_id" UUID,
    "guest_id" UUID,
    "speaker" TEXT NOT NULL,
    "original_name" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "mime_type" TEXT NOT NULL,
    "plays" BOOLEAN NOT NULL,
    "bytes" BIGINT NOT NULL,
    "sha256" BYTEA,
    "duration_seconds" DOUBLE PRECISION NOT NULL,
    "state" "recording_state" NOT NULL DEFAULT 'waiting',
    "failure" TEXT,
    "playback_bytes" BIGINT,
    "is_shared" BOOLEAN NOT NULL DEFAULT false,
    "is_kept" BOOLEAN NOT NULL DEFAULT false,
    "reply" TEXT NOT NULL DEFAULT '',
    "upload_key" TEXT,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT date_trunc('milliseconds'::text, now()),

    CONSTRAINT "voice_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "voice_household_id_idx" ON "voice"("household_id");

-- CreateIndex
CREATE INDEX "voice_guest_id_idx" ON "voice"("guest_id");

-- CreateIndex
CREATE UNIQUE INDEX "voice_wedding_id_upload_key_key" ON "voice"("wedding_id", "upload_key");

-- CreateIndex
CREATE INDEX "upload_household_id_idx" ON "upload"("household_id");

-- AddForeignKey
ALTER TABLE "upload" ADD CONSTRAINT "upload_household_id_fkey" FOREIGN KEY ("household_id") REFERENCES "household"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "voice" ADD CONSTRAINT "voice_wedding_id_fkey" FOREIGN KEY ("wedding_id") REFERENCES "wedding"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "voice" ADD CONSTRAINT "voice_household_id_fkey" FOREIGN KEY ("household_id") REFERENCES "household"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "voice" ADD CONSTRAINT "voice_guest_id_fkey" FOREIGN KEY ("guest_id") REFERENCES "guest"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Whatever has a file under its id: quota, backups and the sweep of what is nobody's go by it
CREATE VIEW "stored_file" AS
    SELECT "id", "wedding_id", "format", "bytes", "sha256" FROM "recording"
    UNION ALL
    SELECT "id", "wedding_id", "format", "bytes", "sha256" FROM "voice";
