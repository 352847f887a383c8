-- CreateEnum
CREATE TYPE "fixture_kind" AS ENUM ('wall', 'dance', 'door', 'other');

-- CreateEnum
CREATE TYPE "table_shape" AS ENUM ('round', 'long', 'square', 'head');

-- CreateEnum
CREATE TYPE "wish_kind" AS ENUM ('together', 'apart', 'near', 'far', 'at', 'beside');

-- CreateTable
CREATE TABLE "plan" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "wedding_id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "is_chosen" BOOLEAN NOT NULL DEFAULT false,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 0,
    "removed_at" TIMESTAMPTZ,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT date_trunc('milliseconds'::text, now()),

    CONSTRAINT "plan_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "fixture" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "wedding_id" UUID NOT NULL,
    "plan_id" UUID NOT NULL,
    "kind" "fixture_kind" NOT NULL,
    "name" TEXT NOT NULL DEFAULT '',
    "x" INTEGER NOT NULL,
    "y" INTEGER NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "rotation" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "fixture_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "seating_table" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "wedding_id" UUID NOT NULL,
    "plan_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "name" TEXT NOT NULL DEFAULT '',
    "shape" "table_shape" NOT NULL,
    "seats" INTEGER NOT NULL,
    "x" INTEGER NOT NULL,
    "y" INTEGER NOT NULL,
    "rotation" INTEGER NOT NULL DEFAULT 0,
    "is_locked" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "seating_table_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "seat" (
    "plan_id" UUID NOT NULL,
    "guest_id" UUID NOT NULL,
    "wedding_id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "table_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "is_locked" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "seat_pkey" PRIMARY KEY ("plan_id","guest_id")
);

-- CreateTable
CREATE TABLE "freed_seat" (
    "plan_id" UUID NOT NULL,
    "guest_id" UUID NOT NULL,
    "wedding_id" UUID NOT NULL,
    "table_number" INTEGER NOT NULL,
    "freed_at" TIMESTAMPTZ NOT NULL DEFAULT date_trunc('milliseconds'::text, now()),

    CONSTRAINT "freed_seat_pkey" PRIMARY KEY ("plan_id","guest_id")
);

-- CreateTable
CREATE TABLE "seating_change" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "wedding_id" UUID NOT NULL,
    "plan_id" UUID NOT NULL,
    "account_id" UUID,
    "before" JSONB NOT NULL,
    "after" JSONB NOT NULL,
    "is_undone" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT date_trunc('milliseconds'::text, now()),

    CONSTRAINT "seating_change_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "wish" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "wedding_id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "kind" "wish_kind" NOT NULL,
    "is_hard" BOOLEAN NOT NULL DEFAULT false,
    "guest_id" UUID,
    "household_id" UUID,
    "tag_id" UUID,
    "other_guest_id" UUID,
    "other_household_id" UUID,
    "other_tag_id" UUID,
    "table_number" INTEGER,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT date_trunc('milliseconds'::text, now()),

    CONSTRAINT "wish_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "seating_need" (
    "guest_id" UUID NOT NULL,
    "wedding_id" UUID NOT NULL,
    "high_chair" BOOLEAN NOT NULL DEFAULT false,
    "wheelchair" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "seating_need_pkey" PRIMARY KEY ("guest_id")
);

-- CreateTable
CREATE TABLE "shown_tables" (
    "event_id" UUID NOT NULL,
    "wedding_id" UUID NOT NULL,
    "shown_from" TIMESTAMPTZ,
    "are_companions_shown" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "shown_tables_pkey" PRIMARY KEY ("event_id")
);

-- CreateIndex
CREATE INDEX "plan_wedding_id_idx" ON "plan"("wedding_id");

-- CreateIndex
CREATE INDEX "plan_event_id_idx" ON "plan"("event_id");

-- CreateIndex
CREATE INDEX "fixture_wedding_id_idx" ON "fixture"("wedding_id");

-- CreateIndex
CREATE INDEX "fixture_plan_id_idx" ON "fixture"("plan_id");

-- CreateIndex
CREATE INDEX "seating_table_wedding_id_idx" ON "seating_table"("wedding_id");

-- CreateIndex
CREATE UNIQUE INDEX "seating_table_plan_id_number_key" ON "seating_table"("plan_id", "number");

-- CreateIndex
CREATE INDEX "seat_event_id_guest_id_idx" ON "seat"("event_id", "guest_id");

-- CreateIndex
CREATE INDEX "seat_guest_id_idx" ON "seat"("guest_id");

-- CreateIndex
CREATE INDEX "seat_wedding_id_idx" ON "seat"("wedding_id");

-- CreateIndex
CREATE UNIQUE INDEX "seat_table_id_number_key" ON "seat"("table_id", "number");

-- CreateIndex
CREATE INDEX "freed_seat_guest_id_idx" ON "freed_seat"("guest_id");

-- CreateIndex
CREATE INDEX "freed_seat_wedding_id_idx" ON "freed_seat"("wedding_id");

-- CreateIndex
CREATE INDEX "seating_change_wedding_id_idx" ON "seating_change"("wedding_id");

-- CreateIndex
CREATE INDEX "seating_change_plan_id_idx" ON "seating_change"("plan_id");

-- CreateIndex
CREATE INDEX "seating_change_account_id_idx" ON "seating_change"("account_id");

-- CreateIndex
CREATE INDEX "wish_wedding_id_idx" ON "wish"("wedding_id");

-- CreateIndex
CREATE INDEX "wish_event_id_idx" ON "wish"("event_id");

-- CreateIndex
CREATE INDEX "wish_guest_id_idx" ON "wish"("guest_id");

-- CreateIndex
CREATE INDEX "wish_household_id_idx" ON "wish"("household_id");

-- CreateIndex
CREATE INDEX "wish_tag_id_idx" ON "wish"("tag_id");

-- CreateIndex
CREATE INDEX "wish_other_guest_id_idx" ON "wish"("other_guest_id");

-- CreateIndex
CREATE INDEX "wish_other_household_id_idx" ON "wish"("other_household_id");

-- CreateIndex
CREATE INDEX "wish_other_tag_id_idx" ON "wish"("other_tag_id");

-- CreateIndex
CREATE INDEX "seating_need_wedding_id_idx" ON "seating_need"("wedding_id");

-- CreateIndex
CREATE INDEX "shown_tables_wedding_id_idx" ON "shown_tables"("wedding_id");

-- AddForeignKey
ALTER TABLE "plan" ADD CONSTRAINT "plan_wedding_id_fkey" FOREIGN KEY ("wedding_id") REFERENCES "wedding"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "plan" ADD CONSTRAINT "plan_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "fixture" ADD CONSTRAINT "fixture_wedding_id_fkey" FOREIGN KEY ("wedding_id") REFERENCES "wedding"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "fixture" ADD CONSTRAINT "fixture_plan_id_fkey" FOREIGN KEY ("plan_id") REFERENCES "plan"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "seating_table" ADD CONSTRAINT "seating_table_wedding_id_fkey" FOREIGN KEY ("wedding_id") REFERENCES "wedding"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "seating_table" ADD CONSTRAINT "seating_table_plan_id_fkey" FOREIGN KEY ("plan_id") REFERENCES "plan"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "seat" ADD CONSTRAINT "seat_wedding_id_fkey" FOREIGN KEY ("wedding_id") REFERENCES "wedding"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "seat" ADD CONSTRAINT "seat_plan_id_fkey" FOREIGN KEY ("plan_id") REFERENCES "plan"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "seat" ADD CONSTRAINT "seat_table_id_fkey" FOREIGN KEY ("table_id") REFERENCES "seating_table"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "seat" ADD CONSTRAINT "seat_guest_id_fkey" FOREIGN KEY ("guest_id") REFERENCES "guest"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "seat" ADD CONSTRAINT "seat_event_id_guest_id_fkey" FOREIGN KEY ("event_id", "guest_id") REFERENCES "invitation"("event_id", "guest_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "freed_seat" ADD CONSTRAINT "freed_seat_wedding_id_fkey" FOREIGN KEY ("wedding_id") REFERENCES "wedding"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "freed_seat" ADD CONSTRAINT "freed_seat_plan_id_fkey" FOREIGN KEY ("plan_id") REFERENCES "plan"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "freed_seat" ADD CONSTRAINT "freed_seat_guest_id_fkey" FOREIGN KEY ("guest_id") REFERENCES "guest"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "seating_change" ADD CONSTRAINT "seating_change_wedding_id_fkey" FOREIGN KEY ("wedding_id") REFERENCES "wedding"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "seating_change" ADD CONSTRAINT "seating_change_plan_id_fkey" FOREIGN KEY ("plan_id") REFERENCES "plan"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "seating_change" ADD CONSTRAINT "seating_change_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "wish" ADD CONSTRAINT "wish_wedding_id_fkey" FOREIGN KEY ("wedding_id") REFERENCES "wedding"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "wish" ADD CONSTRAINT "wish_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "wish" ADD CONSTRAINT "wish_guest_id_fkey" FOREIGN KEY ("guest_id") REFERENCES "guest"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "wish" ADD CONSTRAINT "wish_household_id_fkey" FOREIGN KEY ("household_id") REFERENCES "household"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "wish" ADD CONSTRAINT "wish_tag_id_fkey" FOREIGN KEY ("tag_id") REFERENCES "tag"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "wish" ADD CONSTRAINT "wish_other_guest_id_fkey" FOREIGN KEY ("other_guest_id") REFERENCES "guest"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "wish" ADD CONSTRAINT "wish_other_household_id_fkey" FOREIGN KEY ("other_household_id") REFERENCES "household"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "wish" ADD CONSTRAINT "wish_other_tag_id_fkey" FOREIGN KEY ("other_tag_id") REFERENCES "tag"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "seating_need" ADD CONSTRAINT "seating_need_wedding_id_fkey" FOREIGN KEY ("wedding_id") REFERENCES "wedding"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "seating_need" ADD CONSTRAINT "seating_need_guest_id_fkey" FOREIGN KEY ("guest_id") REFERENCES "guest"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "shown_tables" ADD CONSTRAINT "shown_tables_wedding_id_fkey" FOREIGN KEY ("wedding_id") REFERENCES "wedding"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "shown_tables" ADD CONSTRAINT "shown_tables_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- An event has one plan that counts: an index on an expression, which the schema has no words for
CREATE UNIQUE INDEX "plan_chosen_key" ON "plan"((CASE WHEN "is_chosen" THEN "event_id" END));

-- Each side of a wish is one of its columns
ALTER TABLE "wish" ADD CONSTRAINT "wish_sides_check" CHECK (
    num_nonnulls("guest_id", "household_id", "tag_id") = 1
    AND num_nonnulls("other_guest_id", "other_household_id", "other_tag_id", "table_number") = 1
    AND ("table_number" IS NULL) = ("kind" <> 'at')
);

ALTER TABLE "seating_table" ADD CONSTRAINT "seating_table_seats_check" CHECK ("seats" BETWEEN 1 AND 30);
