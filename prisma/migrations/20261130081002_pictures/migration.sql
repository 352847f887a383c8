-- CreateTable
CREATE TABLE "picture" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "wedding_id" UUID NOT NULL,
    "place" TEXT NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "bytes" BIGINT NOT NULL,
    "sha256" BYTEA NOT NULL,
    "first_look" TEXT NOT NULL,
    "focus" TEXT NOT NULL DEFAULT 'middle',
    "alt" JSONB NOT NULL DEFAULT '{}',
    "removed_at" TIMESTAMPTZ,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT date_trunc('milliseconds'::text, now()),

    CONSTRAINT "picture_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "picture_wedding_id_idx" ON "picture"("wedding_id");

-- AddForeignKey
ALTER TABLE "picture" ADD CONSTRAINT "picture_wedding_id_fkey" FOREIGN KEY ("wedding_id") REFERENCES "wedding"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What is made of a picture is not in it: that is made again
CREATE OR REPLACE VIEW "stored_file" AS
    SELECT "id", "wedding_id", "format", "bytes", "sha256" FROM "recording"
    UNION ALL
    SELECT "id", "wedding_id", "format", "bytes", "sha256" FROM "voice"
    UNION ALL
    SELECT "cover_id", "wedding_id", 'jpg', "cover_bytes", "cover_sha256" FROM "recording" WHERE "cover_id" IS NOT NULL
    UNION ALL
    SELECT "id", "wedding_id", 'jpg', "bytes", "sha256" FROM "picture";
