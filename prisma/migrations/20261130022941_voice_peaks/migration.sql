-- AlterTable
ALTER TABLE "voice" ADD COLUMN     "peaks" BYTEA;
