-- AlterTable
ALTER TABLE "login_link" ADD COLUMN     "browser_hash" BYTEA;

-- CreateIndex
CREATE INDEX "login_link_browser_hash_idx" ON "login_link"("browser_hash");
