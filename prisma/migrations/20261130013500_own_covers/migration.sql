-- AlterTable
ALTER TABLE "recording" ADD COLUMN     "cover_bytes" BIGINT,
ADD COLUMN     "cover_id" UUID,
ADD COLUMN     "cover_sha256" BYTEA,
ADD COLUMN     "is_cover_hidden" BOOLEAN NOT NULL DEFAULT false;

-- CreateIndex
CREATE UNIQUE INDEX "recording_cover_id_key" ON "recording"("cover_id");

-- A picture that the couple chose cannot be made again as that of a file can
CREATE OR REPLACE VIEW "stored_file" AS
    SELECT "id", "wedding_id", "format", "bytes", "sha256" FROM "recording"
    UNION ALL
    SELECT "id", "wedding_id", "format", "bytes", "sha256" FROM "voice"
    UNION ALL
    SELECT "cover_id", "wedding_id", 'jpg', "cover_bytes", "cover_sha256" FROM "recording" WHERE "cover_id" IS NOT NULL;
