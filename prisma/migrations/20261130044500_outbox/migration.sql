-- CreateEnum
CREATE TYPE "delivery_state" AS ENUM ('queued', 'sending', 'unsure', 'skipped', 'failed', 'sent', 'soft_bounced', 'delivered', 'opened', 'bounced', 'complained');

-- CreateTable
CREATE TABLE "message" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "wedding_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "payload" JSONB NOT NULL DEFAULT '{}',
    "language" TEXT NOT NULL,
    "account_id" UUID,
    "household_id" UUID,
    "guest_id" UUID,
    "send_after" TIMESTAMPTZ NOT NULL DEFAULT date_trunc('milliseconds'::text, now()),
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT date_trunc('milliseconds'::text, now()),

    CONSTRAINT "message_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "wedding_id" UUID NOT NULL,
    "message_id" UUID NOT NULL,
    "channel" TEXT NOT NULL DEFAULT 'mail',
    "address" TEXT NOT NULL,
    "name" TEXT NOT NULL DEFAULT '',
    "state" "delivery_state" NOT NULL DEFAULT 'queued',
    "reason" TEXT,
    "sent_at" TIMESTAMPTZ,

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "login_request" (
    "message_id" UUID NOT NULL,
    "wedding_id" UUID NOT NULL,
    "nonce_hash" BYTEA,
    "next" TEXT NOT NULL DEFAULT '/',

    CONSTRAINT "login_request_pkey" PRIMARY KEY ("message_id")
);

-- CreateIndex
CREATE INDEX "message_wedding_id_kind_idx" ON "message"("wedding_id", "kind");

-- CreateIndex
CREATE INDEX "message_household_id_idx" ON "message"("household_id");

-- CreateIndex
CREATE INDEX "message_account_id_idx" ON "message"("account_id");

-- CreateIndex
CREATE INDEX "delivery_message_id_idx" ON "delivery"("message_id");

-- CreateIndex
CREATE INDEX "delivery_wedding_id_address_idx" ON "delivery"("wedding_id", "address");

-- CreateIndex
CREATE INDEX "delivery_state_idx" ON "delivery"("state");

-- CreateIndex
CREATE INDEX "login_request_wedding_id_idx" ON "login_request"("wedding_id");

-- AddForeignKey
ALTER TABLE "message" ADD CONSTRAINT "message_wedding_id_fkey" FOREIGN KEY ("wedding_id") REFERENCES "wedding"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message" ADD CONSTRAINT "message_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message" ADD CONSTRAINT "message_household_id_fkey" FOREIGN KEY ("household_id") REFERENCES "household"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_wedding_id_fkey" FOREIGN KEY ("wedding_id") REFERENCES "wedding"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_message_id_fkey" FOREIGN KEY ("message_id") REFERENCES "message"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "login_request" ADD CONSTRAINT "login_request_wedding_id_fkey" FOREIGN KEY ("wedding_id") REFERENCES "wedding"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "login_request" ADD CONSTRAINT "login_request_message_id_fkey" FOREIGN KEY ("message_id") REFERENCES "message"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What was in the outbox before. Renaming locks it, so that nothing is added to it after the copying
ALTER TABLE "mail" RENAME TO "mail_before";
INSERT INTO "message" ("id", "wedding_id", "kind", "language", "account_id", "household_id", "guest_id", "send_after", "created_at")
SELECT "id", "wedding_id", "kind", "language", "account_id", "household_id", "guest_id", "created_at", "created_at" FROM "mail_before";
INSERT INTO "delivery" ("id", "wedding_id", "message_id", "address", "name", "state", "reason", "sent_at")
SELECT "id", "wedding_id", "id", "address", "name",
    CASE WHEN "state" <> 'undeliverable' THEN "state"::text
        WHEN "reason" = 'restored' THEN 'unsure'
        WHEN "reason" = 'not_wanted' THEN 'skipped'
        ELSE 'failed' END::"delivery_state",
    "reason", "sent_at" FROM "mail_before";
INSERT INTO "login_request" ("message_id", "wedding_id", "nonce_hash", "next")
SELECT "id", "wedding_id", "nonce_hash", "next" FROM "mail_before" WHERE "kind" = 'login';
DROP TABLE "mail_before";

-- A copy of the release before, which goes on during a deploy or is gone back to, finds its table as it knows it. It locks
-- a mail by the same key while it sends it, and reads its state under that lock, so that no mail is sent by both. A later
-- release drops the view, its function and mail_state.
CREATE VIEW "mail" AS
SELECT d."id", d."wedding_id", m."kind", d."address", d."name", m."language", m."account_id", m."household_id", m."guest_id",
    r."nonce_hash", coalesce(r."next", '/') AS "next",
    CASE WHEN d."state" = 'queued' AND m."send_after" <= now() THEN 'queued'
        WHEN d."state" IN ('unsure', 'skipped', 'failed', 'bounced', 'complained') THEN 'undeliverable'
        ELSE 'sent' END::"mail_state" AS "state",
    d."reason", m."created_at", d."sent_at"
FROM "delivery" d JOIN "message" m ON m."id" = d."message_id" LEFT JOIN "login_request" r ON r."message_id" = m."id";

-- \073 is a semicolon, at which the engine that compares migrations with the schema would end the statement
CREATE FUNCTION "mail_write"() RETURNS trigger LANGUAGE plpgsql AS E'
DECLARE
    message_id uuid := uuidv7()\073
BEGIN
    IF TG_OP = ''DELETE'' THEN
        DELETE FROM message m USING delivery d WHERE d.id = OLD.id AND m.id = d.message_id\073
        RETURN OLD\073
    ELSIF TG_OP = ''UPDATE'' THEN
        UPDATE delivery SET address = NEW.address, name = NEW.name, reason = NEW.reason, sent_at = NEW.sent_at,
            state = CASE WHEN NEW.state = OLD.state THEN state
                WHEN NEW.state <> ''undeliverable'' THEN NEW.state::text::delivery_state
                WHEN NEW.reason = ''not_wanted'' THEN ''skipped'' ELSE ''failed'' END
        WHERE id = OLD.id\073
        UPDATE message m SET guest_id = NEW.guest_id FROM delivery d WHERE d.id = OLD.id AND m.id = d.message_id\073
        RETURN NEW\073
    END IF\073
    INSERT INTO message (id, wedding_id, kind, language, account_id, household_id, guest_id)
    VALUES (message_id, NEW.wedding_id, NEW.kind, NEW.language, NEW.account_id, NEW.household_id, NEW.guest_id)\073
    IF NEW.kind = ''login'' THEN
        INSERT INTO login_request (message_id, wedding_id, nonce_hash, next)
        VALUES (message_id, NEW.wedding_id, NEW.nonce_hash, coalesce(NEW.next, ''/''))\073
    END IF\073
    NEW.id := coalesce(NEW.id, uuidv7())\073
    INSERT INTO delivery (id, wedding_id, message_id, address, name)
    VALUES (NEW.id, NEW.wedding_id, message_id, NEW.address, coalesce(NEW.name, ''''))\073
    RETURN NEW\073
END ';

CREATE TRIGGER "mail_write" INSTEAD OF INSERT OR UPDATE OR DELETE ON "mail" FOR EACH ROW EXECUTE FUNCTION "mail_write"();
