-- CreateTable
CREATE TABLE "seat_finder" (
    "event_id" UUID NOT NULL,
    "wedding_id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT date_trunc('milliseconds'::text, now()),

    CONSTRAINT "seat_finder_pkey" PRIMARY KEY ("event_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "seat_finder_token_hash_key" ON "seat_finder"("token_hash");

-- CreateIndex
CREATE INDEX "seat_finder_wedding_id_idx" ON "seat_finder"("wedding_id");

-- AddForeignKey
ALTER TABLE "seat_finder" ADD CONSTRAINT "seat_finder_wedding_id_fkey" FOREIGN KEY ("wedding_id") REFERENCES "wedding"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "seat_finder" ADD CONSTRAINT "seat_finder_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "event"("id") ON DELETE CASCADE ON UPDATE CASCADE;
