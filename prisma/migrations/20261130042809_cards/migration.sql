-- AlterTable
ALTER TABLE "household" ADD COLUMN     "card_given_at" TIMESTAMPTZ;

-- AlterTable
ALTER TABLE "wedding" ADD COLUMN     "former_hosts" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- CreateTable
CREATE TABLE "card_text" (
    "wedding_id" UUID NOT NULL,
    "line" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "card_text_pkey" PRIMARY KEY ("wedding_id")
);

-- AddForeignKey
ALTER TABLE "card_text" ADD CONSTRAINT "card_text_wedding_id_fkey" FOREIGN KEY ("wedding_id") REFERENCES "wedding"("id") ON DELETE CASCADE ON UPDATE CASCADE;
