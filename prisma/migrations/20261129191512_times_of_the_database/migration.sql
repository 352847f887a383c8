-- AlterTable
ALTER TABLE "account" ALTER COLUMN "created_at" SET DEFAULT date_trunc('milliseconds'::text, now());

-- AlterTable
ALTER TABLE "audit_entry" ALTER COLUMN "at" SET DEFAULT date_trunc('milliseconds'::text, now());

-- AlterTable
ALTER TABLE "guest" ALTER COLUMN "created_at" SET DEFAULT date_trunc('milliseconds'::text, now());

-- AlterTable
ALTER TABLE "household" ALTER COLUMN "created_at" SET DEFAULT date_trunc('milliseconds'::text, now());

-- AlterTable
ALTER TABLE "login_link" ALTER COLUMN "created_at" SET DEFAULT date_trunc('milliseconds'::text, now());

-- AlterTable
ALTER TABLE "mail" ALTER COLUMN "created_at" SET DEFAULT date_trunc('milliseconds'::text, now());

-- AlterTable
ALTER TABLE "member" ALTER COLUMN "created_at" SET DEFAULT date_trunc('milliseconds'::text, now());

-- AlterTable
ALTER TABLE "recording" ALTER COLUMN "created_at" SET DEFAULT date_trunc('milliseconds'::text, now());

-- AlterTable
ALTER TABLE "score" ALTER COLUMN "updated_at" SET DEFAULT date_trunc('milliseconds'::text, now());

-- AlterTable
ALTER TABLE "session" ALTER COLUMN "created_at" SET DEFAULT date_trunc('milliseconds'::text, now()),
ALTER COLUMN "renewed_at" SET DEFAULT date_trunc('milliseconds'::text, now());

-- AlterTable
ALTER TABLE "wedding" ALTER COLUMN "created_at" SET DEFAULT date_trunc('milliseconds'::text, now());

-- CreateIndex
CREATE INDEX "login_link_account_id_idx" ON "login_link"("account_id");

-- CreateIndex
CREATE INDEX "login_link_household_id_idx" ON "login_link"("household_id");
