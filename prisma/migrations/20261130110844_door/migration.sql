-- CreateEnum
CREATE TYPE "arrival_kind" AS ENUM ('in', 'out', 'undo');

-- AlterTable
ALTER TABLE "session" ADD COLUMN     "phone_id" UUID;

-- CreateTable
CREATE TABLE "phone" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "wedding_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "expires_at" TIMESTAMPTZ NOT NULL,
    "entered_at" TIMESTAMPTZ,
    "heard_at" TIMESTAMPTZ,
    "ended_at" TIMESTAMPTZ,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT date_trunc('milliseconds'::text, now()),

    CONSTRAINT "phone_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "arrival" (
    "id" UUID NOT NULL,
    "wedding_id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "kind" "arrival_kind" NOT NULL,
    "guest_id" UUID,
    "walk_in_id" UUID,
    "walk_in_name" TEXT NOT NULL DEFAULT '',
    "undoes_id" UUID,
    "happened_at" TIMESTAMPTZ NOT NULL,
    "received_at" TIMESTAMPTZ NOT NULL DEFAULT date_trunc('milliseconds'::text, now()),
    "phone_id" UUID,
    "place" INTEGER NOT NULL,

    CONSTRAINT "arrival_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "phone_token_hash_key" ON "phone"("token_hash");

-- CreateIndex
CREATE INDEX "phone_wedding_id_idx" ON "phone"("wedding_id");

-- CreateIndex
CREATE INDEX "arrival_wedding_id_place_idx" ON "arrival"("wedding_id", "place");

-- CreateIndex
CREATE INDEX "arrival_event_id_idx" ON "arrival"("event_id");

-- CreateIndex
CREATE INDEX "arrival_guest_id_idx" ON "arrival"("guest_id");

-- CreateIndex
CREATE INDEX "arrival_phone_id_idx" ON "arrival"("phone_id");

-- CreateIndex
CREATE INDEX "session_phone_id_idx" ON "session"("phone_id");

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_phone_id_fkey" FOREIGN KEY ("phone_id") REFERENCES "phone"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "phone" ADD CONSTRAINT "phone_wedding_id_fkey" FOREIGN KEY ("wedding_id") REFERENCES "wedding"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "arrival" ADD CONSTRAINT "arrival_wedding_id_fkey" FOREIGN KEY ("wedding_id") REFERENCES "wedding"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "arrival" ADD CONSTRAINT "arrival_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "arrival" ADD CONSTRAINT "arrival_guest_id_fkey" FOREIGN KEY ("guest_id") REFERENCES "guest"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "arrival" ADD CONSTRAINT "arrival_phone_id_fkey" FOREIGN KEY ("phone_id") REFERENCES "phone"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- A session is of an account, a household or a phone
ALTER TABLE "session" DROP CONSTRAINT "session_holder_check";
ALTER TABLE "session" ADD CONSTRAINT "session_holder_check" CHECK (num_nonnulls("account_id", "household_id", "phone_id") = 1);
ALTER TABLE "arrival" ADD CONSTRAINT "arrival_subject_check" CHECK (num_nonnulls("guest_id", "walk_in_id", "undoes_id") = 1);
