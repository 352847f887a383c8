-- CreateEnum
CREATE TYPE "suppression_reason" AS ENUM ('bounced', 'complained', 'unsubscribed');

-- CreateEnum
CREATE TYPE "mail_category" AS ENUM ('all', 'news', 'reminders');

-- CreateTable
CREATE TABLE "suppression" (
    "wedding_id" UUID NOT NULL,
    "address" TEXT NOT NULL,
    "reason" "suppression_reason" NOT NULL,
    "category" "mail_category" NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT date_trunc('milliseconds'::text, now()),
    "lifted_at" TIMESTAMPTZ,

    CONSTRAINT "suppression_pkey" PRIMARY KEY ("wedding_id","address","reason","category")
);

-- AddForeignKey
ALTER TABLE "suppression" ADD CONSTRAINT "suppression_wedding_id_fkey" FOREIGN KEY ("wedding_id") REFERENCES "wedding"("id") ON DELETE CASCADE ON UPDATE CASCADE;
