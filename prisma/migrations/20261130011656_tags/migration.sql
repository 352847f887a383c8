-- CreateTable
CREATE TABLE "tag" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "wedding_id" UUID NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "tag_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "household_tag" (
    "household_id" UUID NOT NULL,
    "tag_id" UUID NOT NULL,
    "wedding_id" UUID NOT NULL,

    CONSTRAINT "household_tag_pkey" PRIMARY KEY ("household_id","tag_id")
);

-- CreateIndex
CREATE INDEX "tag_wedding_id_idx" ON "tag"("wedding_id");

-- CreateIndex
CREATE INDEX "household_tag_tag_id_idx" ON "household_tag"("tag_id");

-- CreateIndex
CREATE INDEX "household_tag_wedding_id_idx" ON "household_tag"("wedding_id");

-- AddForeignKey
ALTER TABLE "tag" ADD CONSTRAINT "tag_wedding_id_fkey" FOREIGN KEY ("wedding_id") REFERENCES "wedding"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "household_tag" ADD CONSTRAINT "household_tag_household_id_fkey" FOREIGN KEY ("household_id") REFERENCES "household"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "household_tag" ADD CONSTRAINT "household_tag_tag_id_fkey" FOREIGN KEY ("tag_id") REFERENCES "tag"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "household_tag" ADD CONSTRAINT "household_tag_wedding_id_fkey" FOREIGN KEY ("wedding_id") REFERENCES "wedding"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- CreateIndex
CREATE UNIQUE INDEX "tag_wedding_id_name_key" ON "tag"("wedding_id", fold("name"));
