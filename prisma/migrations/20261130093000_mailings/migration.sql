-- CreateEnum
CREATE TYPE "mailing_kind" AS ENUM ('news', 'invitation');

-- CreateEnum
CREATE TYPE "mailing_state" AS ENUM ('draft', 'scheduled', 'sent');

-- CreateTable
CREATE TABLE "mailing" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "wedding_id" UUID NOT NULL,
    "kind" "mailing_kind" NOT NULL,
    "subject" JSONB NOT NULL DEFAULT '{}',
    "text" JSONB NOT NULL DEFAULT '{}',
    "audience" JSONB NOT NULL DEFAULT '{}',
    "state" "mailing_state" NOT NULL DEFAULT 'draft',
    "send_at" TIMESTAMPTZ,
    "failure" TEXT,
    "run_id" UUID,
    "sent_at" TIMESTAMPTZ,
    "account_id" UUID,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT date_trunc('milliseconds'::text, now()),

    CONSTRAINT "mailing_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "personal_line" (
    "mailing_id" UUID NOT NULL,
    "household_id" UUID NOT NULL,
    "wedding_id" UUID NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "personal_line_pkey" PRIMARY KEY ("mailing_id","household_id")
);

-- CreateIndex
CREATE INDEX "mailing_wedding_id_idx" ON "mailing"("wedding_id");

-- CreateIndex
CREATE INDEX "mailing_run_id_idx" ON "mailing"("run_id");

-- CreateIndex
CREATE INDEX "mailing_account_id_idx" ON "mailing"("account_id");

-- CreateIndex
CREATE INDEX "mailing_state_send_at_idx" ON "mailing"("state", "send_at");

-- CreateIndex
CREATE INDEX "personal_line_household_id_idx" ON "personal_line"("household_id");

-- CreateIndex
CREATE INDEX "personal_line_wedding_id_idx" ON "personal_line"("wedding_id");

-- AddForeignKey
ALTER TABLE "mailing" ADD CONSTRAINT "mailing_wedding_id_fkey" FOREIGN KEY ("wedding_id") REFERENCES "wedding"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mailing" ADD CONSTRAINT "mailing_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mailing" ADD CONSTRAINT "mailing_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "personal_line" ADD CONSTRAINT "personal_line_mailing_id_fkey" FOREIGN KEY ("mailing_id") REFERENCES "mailing"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "personal_line" ADD CONSTRAINT "personal_line_household_id_fkey" FOREIGN KEY ("household_id") REFERENCES "household"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "personal_line" ADD CONSTRAINT "personal_line_wedding_id_fkey" FOREIGN KEY ("wedding_id") REFERENCES "wedding"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A wedding has one invitation: an index on an expression, which the schema has no words for
CREATE UNIQUE INDEX "mailing_invitation_key" ON "mailing"((CASE WHEN "kind" = 'invitation' THEN "wedding_id" END));
