-- AlterTable
ALTER TABLE "recording" ADD COLUMN     "only_for" UUID[] NOT NULL DEFAULT ARRAY[]::UUID[];
