-- CreateEnum
CREATE TYPE "results_shown" AS ENUM ('never', 'always', 'from');

-- CreateTable
CREATE TABLE "recording_settings" (
    "wedding_id" UUID NOT NULL,
    "results_shown" "results_shown" NOT NULL DEFAULT 'never',
    "results_from" TIMESTAMPTZ,

    CONSTRAINT "recording_settings_pkey" PRIMARY KEY ("wedding_id")
);

-- AddForeignKey
ALTER TABLE "recording_settings" ADD CONSTRAINT "recording_settings_wedding_id_fkey" FOREIGN KEY ("wedding_id") REFERENCES "wedding"("id") ON DELETE CASCADE ON UPDATE CASCADE;
