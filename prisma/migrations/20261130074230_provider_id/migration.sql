-- AlterTable
ALTER TABLE "delivery" ADD COLUMN     "provider_id" TEXT;

-- CreateIndex
CREATE INDEX "delivery_provider_id_idx" ON "delivery"("provider_id");
