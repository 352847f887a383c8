-- AlterTable
ALTER TABLE "delivery" ADD COLUMN     "chunk_id" UUID;

-- CreateTable
CREATE TABLE "chunk" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "wedding_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "handed_at" TIMESTAMPTZ,
    "delivery_ids" UUID[] DEFAULT ARRAY[]::UUID[],
    "bulk_id" TEXT,
    "look_at" TIMESTAMPTZ NOT NULL DEFAULT (now() + '00:01:00'::interval),

    CONSTRAINT "chunk_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "chunk_wedding_id_idx" ON "chunk"("wedding_id");

-- CreateIndex
CREATE INDEX "chunk_run_id_idx" ON "chunk"("run_id");

-- CreateIndex
CREATE INDEX "delivery_chunk_id_idx" ON "delivery"("chunk_id");

-- AddForeignKey
ALTER TABLE "chunk" ADD CONSTRAINT "chunk_wedding_id_fkey" FOREIGN KEY ("wedding_id") REFERENCES "wedding"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chunk" ADD CONSTRAINT "chunk_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_chunk_id_fkey" FOREIGN KEY ("chunk_id") REFERENCES "chunk"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What belongs to a run is not for a copy of the release before to send, which knows neither pause nor chunks
CREATE OR REPLACE VIEW "mail" AS
SELECT d."id", d."wedding_id", m."kind", d."address", d."name", m."language", m."account_id", m."household_id", m."guest_id",
    r."nonce_hash", coalesce(r."next", '/') AS "next",
    CASE WHEN d."state" = 'queued' AND m."send_after" <= now() AND m."run_id" IS NULL THEN 'queued'
        WHEN d."state" IN ('unsure', 'skipped', 'failed', 'bounced', 'complained') THEN 'undeliverable'
        ELSE 'sent' END::"mail_state" AS "state",
    d."reason", m."created_at", d."sent_at"
FROM "delivery" d JOIN "message" m ON m."id" = d."message_id" LEFT JOIN "login_request" r ON r."message_id" = m."id";
