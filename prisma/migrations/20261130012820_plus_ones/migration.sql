-- AlterTable
ALTER TABLE "household" ADD COLUMN     "plus_ones" INTEGER NOT NULL DEFAULT 0;
