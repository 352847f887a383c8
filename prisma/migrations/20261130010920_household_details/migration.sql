-- AlterTable
ALTER TABLE "household" ADD COLUMN     "address" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "note_sealed" BYTEA,
ADD COLUMN     "phone" TEXT NOT NULL DEFAULT '';
