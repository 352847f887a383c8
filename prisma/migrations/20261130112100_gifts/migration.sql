-- CreateEnum
CREATE TYPE "gift_kind" AS ENUM ('thing', 'money');

-- CreateEnum
CREATE TYPE "takers_shown" AS ENUM ('never', 'taken', 'takers');

-- CreateTable
CREATE TABLE "gift" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "wedding_id" UUID NOT NULL,
    "kind" "gift_kind" NOT NULL DEFAULT 'thing',
    "title" JSONB NOT NULL,
    "text" JSONB NOT NULL DEFAULT '{}',
    "link" TEXT NOT NULL DEFAULT '',
    "price" INTEGER,
    "currency" TEXT NOT NULL DEFAULT 'EUR',
    "wanted" INTEGER NOT NULL DEFAULT 1,
    "holder" TEXT NOT NULL DEFAULT '',
    "iban" TEXT NOT NULL DEFAULT '',
    "bic" TEXT NOT NULL DEFAULT '',
    "reference" TEXT NOT NULL DEFAULT '',
    "position" INTEGER NOT NULL,
    "is_hidden" BOOLEAN NOT NULL DEFAULT false,
    "visible_on" DATE,
    "only_for" UUID[] DEFAULT ARRAY[]::UUID[],
    "version" INTEGER NOT NULL DEFAULT 1,
    "removed_at" TIMESTAMPTZ,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT date_trunc('milliseconds'::text, now()),

    CONSTRAINT "gift_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "gift_taking" (
    "gift_id" UUID NOT NULL,
    "household_id" UUID NOT NULL,
    "wedding_id" UUID NOT NULL,
    "guest_id" UUID,
    "count" INTEGER NOT NULL DEFAULT 1,
    "promised" "takers_shown" NOT NULL,
    "taken_at" TIMESTAMPTZ NOT NULL DEFAULT date_trunc('milliseconds'::text, now()),

    CONSTRAINT "gift_taking_pkey" PRIMARY KEY ("gift_id","household_id")
);

-- CreateTable
CREATE TABLE "gift_list" (
    "wedding_id" UUID NOT NULL,
    "intro" JSONB NOT NULL DEFAULT '{}',
    "takers_shown" "takers_shown" NOT NULL DEFAULT 'taken',
    "is_hidden" BOOLEAN NOT NULL DEFAULT false,
    "visible_on" DATE,
    "only_for" UUID[] DEFAULT ARRAY[]::UUID[],
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "gift_list_pkey" PRIMARY KEY ("wedding_id")
);

-- CreateIndex
CREATE INDEX "gift_wedding_id_position_idx" ON "gift"("wedding_id", "position");

-- CreateIndex
CREATE INDEX "gift_taking_household_id_idx" ON "gift_taking"("household_id");

-- CreateIndex
CREATE INDEX "gift_taking_guest_id_idx" ON "gift_taking"("guest_id");

-- CreateIndex
CREATE INDEX "gift_taking_wedding_id_idx" ON "gift_taking"("wedding_id");

-- AddForeignKey
ALTER TABLE "gift" ADD CONSTRAINT "gift_wedding_id_fkey" FOREIGN KEY ("wedding_id") REFERENCES "wedding"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "gift_taking" ADD CONSTRAINT "gift_taking_gift_id_fkey" FOREIGN KEY ("gift_id") REFERENCES "gift"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "gift_taking" ADD CONSTRAINT "gift_taking_household_id_fkey" FOREIGN KEY ("household_id") REFERENCES "household"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "gift_taking" ADD CONSTRAINT "gift_taking_guest_id_fkey" FOREIGN KEY ("guest_id") REFERENCES "guest"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "gift_taking" ADD CONSTRAINT "gift_taking_wedding_id_fkey" FOREIGN KEY ("wedding_id") REFERENCES "wedding"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "gift_list" ADD CONSTRAINT "gift_list_wedding_id_fkey" FOREIGN KEY ("wedding_id") REFERENCES "wedding"("id") ON DELETE CASCADE ON UPDATE CASCADE;
