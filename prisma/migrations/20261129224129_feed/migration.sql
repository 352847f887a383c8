-- CreateTable
CREATE TABLE "feed" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "wedding_id" UUID NOT NULL,
    "secret" TEXT NOT NULL,
    "account_id" UUID,
    "household_id" UUID,
    "guest_id" UUID,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT date_trunc('milliseconds'::text, now()),

    CONSTRAINT "feed_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "feed_secret_key" ON "feed"("secret");

-- CreateIndex
CREATE UNIQUE INDEX "feed_household_id_key" ON "feed"("household_id");

-- CreateIndex
CREATE UNIQUE INDEX "feed_guest_id_key" ON "feed"("guest_id");

-- CreateIndex
CREATE INDEX "feed_account_id_idx" ON "feed"("account_id");

-- CreateIndex
CREATE UNIQUE INDEX "feed_wedding_id_account_id_key" ON "feed"("wedding_id", "account_id");

-- AddForeignKey
ALTER TABLE "feed" ADD CONSTRAINT "feed_wedding_id_fkey" FOREIGN KEY ("wedding_id") REFERENCES "wedding"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "feed" ADD CONSTRAINT "feed_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "feed" ADD CONSTRAINT "feed_household_id_fkey" FOREIGN KEY ("household_id") REFERENCES "household"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "feed" ADD CONSTRAINT "feed_guest_id_fkey" FOREIGN KEY ("guest_id") REFERENCES "guest"("id") ON DELETE CASCADE ON UPDATE CASCADE;
