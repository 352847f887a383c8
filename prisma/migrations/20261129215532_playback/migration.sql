-- CreateEnum
CREATE TYPE "recording_state" AS ENUM ('waiting', 'processing', 'ready', 'failed');

-- AlterTable
ALTER TABLE "recording" ADD COLUMN     "failure" TEXT,
ADD COLUMN     "has_cover" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "is_cut" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "is_film" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "peaks" BYTEA,
ADD COLUMN     "playback_bytes" BIGINT,
ADD COLUMN     "progress" DOUBLE PRECISION NOT NULL DEFAULT 0,
ADD COLUMN     "state" "recording_state" NOT NULL DEFAULT 'waiting';

-- as before, the original is played until there is a copy of it
UPDATE "recording" SET "state" = 'ready' WHERE "plays";
