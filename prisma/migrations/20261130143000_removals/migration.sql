-- CreateTable
CREATE TABLE "removal" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "wedding_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL DEFAULT '',
    "kept" JSONB NOT NULL,
    "file_ids" UUID[] NOT NULL DEFAULT ARRAY[]::UUID[],
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT date_trunc('milliseconds'::text, now()),

    CONSTRAINT "removal_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "removal_wedding_id_idx" ON "removal"("wedding_id");

-- AddForeignKey
ALTER TABLE "removal" ADD CONSTRAINT "removal_wedding_id_fkey" FOREIGN KEY ("wedding_id") REFERENCES "wedding"("id") ON DELETE CASCADE ON UPDATE CASCADE;
