-- AlterTable
ALTER TABLE "recording" ADD COLUMN     "crc32" BIGINT;

-- AlterTable
ALTER TABLE "wedding" ADD COLUMN     "guests_may_take" BOOLEAN NOT NULL DEFAULT false;
