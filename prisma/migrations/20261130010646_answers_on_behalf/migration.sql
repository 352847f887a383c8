-- AlterTable
ALTER TABLE "rsvp" ADD COLUMN     "on_behalf_by" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "reason" TEXT NOT NULL DEFAULT '';
