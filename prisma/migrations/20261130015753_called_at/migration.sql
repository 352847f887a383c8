-- AlterTable
ALTER TABLE "rsvp" ADD COLUMN     "called_at" TIMESTAMPTZ;
