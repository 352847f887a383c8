-- CreateEnum
CREATE TYPE "reply_state" AS ENUM ('yes', 'no');

-- CreateTable
CREATE TABLE "reply" (
    "event_id" UUID NOT NULL,
    "guest_id" UUID NOT NULL,
    "wedding_id" UUID NOT NULL,
    "state" "reply_state" NOT NULL,
    "meal_id" UUID,
    "answered_at" TIMESTAMPTZ NOT NULL DEFAULT date_trunc('milliseconds'::text, now()),

    CONSTRAINT "reply_pkey" PRIMARY KEY ("event_id","guest_id")
);

-- CreateTable
CREATE TABLE "rsvp" (
    "household_id" UUID NOT NULL,
    "wedding_id" UUID NOT NULL,
    "song" TEXT NOT NULL DEFAULT '',
    "message" TEXT NOT NULL DEFAULT '',
    "answered_at" TIMESTAMPTZ,
    "guest_id" UUID,
    "answers_until" TIMESTAMPTZ,

    CONSTRAINT "rsvp_pkey" PRIMARY KEY ("household_id")
);

-- CreateTable
CREATE TABLE "diet" (
    "guest_id" UUID NOT NULL,
    "wedding_id" UUID NOT NULL,
    "sealed" BYTEA NOT NULL,

    CONSTRAINT "diet_pkey" PRIMARY KEY ("guest_id")
);

-- CreateTable
CREATE TABLE "deadline" (
    "wedding_id" UUID NOT NULL,
    "answers_until" TIMESTAMPTZ,
    "details_until" TIMESTAMPTZ,

    CONSTRAINT "deadline_pkey" PRIMARY KEY ("wedding_id")
);

-- CreateIndex
CREATE INDEX "reply_guest_id_idx" ON "reply"("guest_id");

-- CreateIndex
CREATE INDEX "reply_meal_id_idx" ON "reply"("meal_id");

-- CreateIndex
CREATE INDEX "reply_wedding_id_idx" ON "reply"("wedding_id");

-- CreateIndex
CREATE INDEX "rsvp_guest_id_idx" ON "rsvp"("guest_id");

-- CreateIndex
CREATE INDEX "rsvp_wedding_id_idx" ON "rsvp"("wedding_id");

-- CreateIndex
CREATE INDEX "diet_wedding_id_idx" ON "diet"("wedding_id");

-- AddForeignKey
ALTER TABLE "reply" ADD CONSTRAINT "reply_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reply" ADD CONSTRAINT "reply_guest_id_fkey" FOREIGN KEY ("guest_id") REFERENCES "guest"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reply" ADD CONSTRAINT "reply_meal_id_fkey" FOREIGN KEY ("meal_id") REFERENCES "meal"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reply" ADD CONSTRAINT "reply_wedding_id_fkey" FOREIGN KEY ("wedding_id") REFERENCES "wedding"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rsvp" ADD CONSTRAINT "rsvp_household_id_fkey" FOREIGN KEY ("household_id") REFERENCES "household"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rsvp" ADD CONSTRAINT "rsvp_guest_id_fkey" FOREIGN KEY ("guest_id") REFERENCES "guest"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rsvp" ADD CONSTRAINT "rsvp_wedding_id_fkey" FOREIGN KEY ("wedding_id") REFERENCES "wedding"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "diet" ADD CONSTRAINT "diet_guest_id_fkey" FOREIGN KEY ("guest_id") REFERENCES "guest"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "diet" ADD CONSTRAINT "diet_wedding_id_fkey" FOREIGN KEY ("wedding_id") REFERENCES "wedding"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deadline" ADD CONSTRAINT "deadline_wedding_id_fkey" FOREIGN KEY ("wedding_id") REFERENCES "wedding"("id") ON DELETE CASCADE ON UPDATE CASCADE;
