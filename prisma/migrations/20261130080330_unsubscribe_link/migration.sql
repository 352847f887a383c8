-- CreateTable
CREATE TABLE "unsubscribe_link" (
    "token" TEXT NOT NULL,
    "wedding_id" UUID NOT NULL,
    "address" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT date_trunc('milliseconds'::text, now()),

    CONSTRAINT "unsubscribe_link_pkey" PRIMARY KEY ("token")
);

-- CreateIndex
CREATE UNIQUE INDEX "unsubscribe_link_wedding_id_address_key" ON "unsubscribe_link"("wedding_id", "address");

-- AddForeignKey
ALTER TABLE "unsubscribe_link" ADD CONSTRAINT "unsubscribe_link_wedding_id_fkey" FOREIGN KEY ("wedding_id") REFERENCES "wedding"("id") ON DELETE CASCADE ON UPDATE CASCADE;
