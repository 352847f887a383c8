-- CreateEnum
CREATE TYPE "asking" AS ENUM ('chosen', 'everybody', 'tags');

-- AlterTable
ALTER TABLE "event" ADD COLUMN     "asking" "asking" NOT NULL DEFAULT 'chosen';

-- CreateTable
CREATE TABLE "event_tag" (
    "event_id" UUID NOT NULL,
    "tag_id" UUID NOT NULL,
    "wedding_id" UUID NOT NULL,

    CONSTRAINT "event_tag_pkey" PRIMARY KEY ("event_id","tag_id")
);

-- CreateTable
CREATE TABLE "invitation_change" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "wedding_id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "added" UUID[] DEFAULT ARRAY[]::UUID[],
    "removed" UUID[] DEFAULT ARRAY[]::UUID[],
    "asking" "asking" NOT NULL,
    "tag_ids" UUID[] DEFAULT ARRAY[]::UUID[],
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT date_trunc('milliseconds'::text, now()),

    CONSTRAINT "invitation_change_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "event_tag_tag_id_idx" ON "event_tag"("tag_id");

-- CreateIndex
CREATE INDEX "event_tag_wedding_id_idx" ON "event_tag"("wedding_id");

-- CreateIndex
CREATE UNIQUE INDEX "invitation_change_event_id_key" ON "invitation_change"("event_id");

-- CreateIndex
CREATE INDEX "invitation_change_wedding_id_idx" ON "invitation_change"("wedding_id");

-- AddForeignKey
ALTER TABLE "event_tag" ADD CONSTRAINT "event_tag_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "event_tag" ADD CONSTRAINT "event_tag_tag_id_fkey" FOREIGN KEY ("tag_id") REFERENCES "tag"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "event_tag" ADD CONSTRAINT "event_tag_wedding_id_fkey" FOREIGN KEY ("wedding_id") REFERENCES "wedding"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitation_change" ADD CONSTRAINT "invitation_change_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitation_change" ADD CONSTRAINT "invitation_change_wedding_id_fkey" FOREIGN KEY ("wedding_id") REFERENCES "wedding"("id") ON DELETE CASCADE ON UPDATE CASCADE;
