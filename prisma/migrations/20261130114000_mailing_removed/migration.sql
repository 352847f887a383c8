-- AlterTable
ALTER TABLE "mailing" ADD COLUMN "removed_at" TIMESTAMPTZ;
