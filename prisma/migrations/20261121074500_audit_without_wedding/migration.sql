-- AlterTable
ALTER TABLE "audit_entry" ALTER COLUMN "wedding_id" DROP NOT NULL;
