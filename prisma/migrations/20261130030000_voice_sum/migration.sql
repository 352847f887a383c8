-- AlterTable
ALTER TABLE "voice" ADD COLUMN     "crc32" BIGINT;
