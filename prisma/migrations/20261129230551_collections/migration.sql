-- AlterTable
ALTER TABLE "recording" ADD COLUMN     "transcript" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "visible_from" TIMESTAMPTZ;
