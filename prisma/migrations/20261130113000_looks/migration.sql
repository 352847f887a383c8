-- CreateTable
CREATE TABLE "look" (
    "wedding_id" UUID NOT NULL,
    "theme" TEXT NOT NULL DEFAULT 'paper',
    "accent" TEXT,

    CONSTRAINT "look_pkey" PRIMARY KEY ("wedding_id")
);

-- AddForeignKey
ALTER TABLE "look" ADD CONSTRAINT "look_wedding_id_fkey" FOREIGN KEY ("wedding_id") REFERENCES "wedding"("id") ON DELETE CASCADE ON UPDATE CASCADE;
