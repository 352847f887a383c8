-- AlterTable
ALTER TABLE "picture" ADD COLUMN     "position" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "subject_id" UUID;
