-- CreateEnum
CREATE TYPE "sheet_state" AS ENUM ('waiting', 'stored');

-- CreateTable
CREATE TABLE "sheet_import" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "wedding_id" UUID NOT NULL,
    "name" TEXT NOT NULL DEFAULT '',
    "state" "sheet_state" NOT NULL DEFAULT 'waiting',
    "sealed" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT date_trunc('milliseconds'::text, now()),

    CONSTRAINT "sheet_import_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "sheet_import_wedding_id_idx" ON "sheet_import"("wedding_id");

-- CreateIndex
CREATE INDEX "sheet_import_created_at_idx" ON "sheet_import"("created_at");

-- AddForeignKey
ALTER TABLE "sheet_import" ADD CONSTRAINT "sheet_import_wedding_id_fkey" FOREIGN KEY ("wedding_id") REFERENCES "wedding"("id") ON DELETE CASCADE ON UPDATE CASCADE;
