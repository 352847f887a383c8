-- AlterEnum
ALTER TYPE "role" ADD VALUE 'planner';

-- AlterTable
ALTER TABLE "member" ADD COLUMN     "greeted_at" TIMESTAMPTZ;

-- who is in already knows
UPDATE "member" SET "greeted_at" = "created_at";
