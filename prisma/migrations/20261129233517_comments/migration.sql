-- AlterTable
ALTER TABLE "recording_settings" ADD COLUMN     "are_comments_open" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "comment" (
    "recording_id" UUID NOT NULL,
    "guest_id" UUID NOT NULL,
    "wedding_id" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT date_trunc('milliseconds'::text, now()),

    CONSTRAINT "comment_pkey" PRIMARY KEY ("recording_id","guest_id")
);

-- CreateIndex
CREATE INDEX "comment_guest_id_idx" ON "comment"("guest_id");

-- CreateIndex
CREATE INDEX "comment_wedding_id_idx" ON "comment"("wedding_id");

-- AddForeignKey
ALTER TABLE "comment" ADD CONSTRAINT "comment_recording_id_fkey" FOREIGN KEY ("recording_id") REFERENCES "recording"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "comment" ADD CONSTRAINT "comment_guest_id_fkey" FOREIGN KEY ("guest_id") REFERENCES "guest"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "comment" ADD CONSTRAINT "comment_wedding_id_fkey" FOREIGN KEY ("wedding_id") REFERENCES "wedding"("id") ON DELETE CASCADE ON UPDATE CASCADE;
