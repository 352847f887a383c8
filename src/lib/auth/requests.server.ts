import { asProblem, rows, transaction, type Tx } from '../kernel/db/db.server.ts';
import { log } from '../kernel/log/log.server.ts';
import { settings } from '../kernel/settings.server.ts';
import { digest } from '../kernel/token.ts';
import * as outbox from '../outbox/outbox.server.ts';
import { extractToken } from './login.ts';
import { AskedEmail } from './login.schema.ts';

/** Someone asks for a login link: with an address, or with a spent link that was mailed to them. */
export type LinkRequest = {
	weddingId: string;
	email?: unknown;
	spentToken?: string;
	nonce: string;
	next: string;
	language: string;
};

const waiting: LinkRequest[] = [];
let working: Promise<void> | undefined;

/**
 * Takes the request and returns at once: the answer neither says nor shows by its time whether the address
 * is known. What gathers meanwhile is worked off together, one transaction for all of it.
 */
export function take(request: LinkRequest): void {
	waiting.push(request);
	working ??= new Promise((done) => setImmediate(() => void workOff().finally(done)));
}

/** Resolves when every request taken so far has its mail in the outbox. */
export async function settle(): Promise<void> {
	await working;
}

async function workOff(): Promise<void> {
	while (waiting.length > 0) {
		const batch = waiting.splice(0, 200);
		try {
			await transaction(async (tx) => outbox.announce(await write(batch, tx), tx));
		} catch (error) {
			log.error({ error: String(asProblem(error)), requests: batch.length }, 'login links not sent');
		}
	}
	working = undefined;
}

/**
 * Writes the mails that these requests lead to: only for known people, only to their stored address, and at most
 * LOGIN_LIMIT_ADDRESS an hour to one address, counted in the outbox itself. A browser in which this person was signed
 * in before has as many of its own: no stranger uses them up.
 */
async function write(batch: LinkRequest[], tx: Tx) {
	const asked = batch.map((request) => ({
		weddingId: request.weddingId,
		email: AskedEmail.safeParse(request.email).data ?? '',
		spent: request.spentToken ? digest(extractToken(request.spentToken)) : null,
		nonce: digest(request.nonce),
		next: request.next,
		language: request.language
	}));
	// one process at a time counts, so that two cannot both send the last mail of the hour
	await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('login mails'))`;
	return rows<{ id: string; kind: string }>(
		'login-mails',
		WRITE,
		[
			asked.map((one) => one.weddingId),
			asked.map((one) => one.email),
			asked.map((one) => one.spent),
			asked.map((one) => one.nonce),
			asked.map((one) => one.next),
			asked.map((one) => one.language),
			settings.LOGIN_LIMIT_ADDRESS
		],
		tx
	);
}

const WRITE = `
	WITH asked AS (
		SELECT a.wedding_id, a.nonce_hash, a.next, a.language, a.n,
			-- one key to look for, so that the indexes on lower(email) answer
			lower(coalesce(nullif(a.email, ''), holder.email, guest.email)) AS email
		FROM unnest($1::uuid[], $2::text[], $3::bytea[], $4::bytea[], $5::text[], $6::text[])
			WITH ORDINALITY AS a (wedding_id, email, spent, nonce_hash, next, language, n)
		LEFT JOIN login_link l ON l.token_hash = a.spent AND l.wedding_id = a.wedding_id
		LEFT JOIN account holder ON holder.id = l.account_id
		LEFT JOIN guest ON guest.id = l.guest_id
	), accounts AS (
		SELECT asked.*, a.id AS account_id, a.email AS address, a.name
		FROM asked
		JOIN account a ON lower(a.email) = asked.email AND a.disabled_at IS NULL
		JOIN member m ON m.account_id = a.id AND m.wedding_id = asked.wedding_id
	), guests AS (
		SELECT DISTINCT ON (asked.n, g.household_id) asked.*, g.id AS guest_id, g.household_id, g.email AS address,
			g.name, h.language AS spoken
		FROM asked
		JOIN guest g ON lower(g.email) = asked.email AND g.wedding_id = asked.wedding_id
		JOIN household h ON h.id = g.household_id
		WHERE NOT EXISTS (SELECT FROM accounts WHERE accounts.n = asked.n)
		ORDER BY asked.n, g.household_id, g.position, g.id
	), found AS (
		SELECT n, wedding_id, account_id, NULL::uuid AS household_id, NULL::uuid AS guest_id, address, name,
			language, nonce_hash, next FROM accounts
		UNION ALL
		SELECT n, wedding_id, NULL, household_id, guest_id, address, name, spoken, nonce_hash, next FROM guests
	), numbered AS (
		SELECT found.*,
			row_number() OVER (PARTITION BY wedding_id, lower(address) ORDER BY n) + recent.mails AS nth,
			row_number() OVER (PARTITION BY wedding_id, lower(address), nonce_hash ORDER BY n) + recent.own AS own_nth,
			EXISTS (
				SELECT FROM login_link l WHERE l.browser_hash = found.nonce_hash AND l.wedding_id = found.wedding_id
					AND (l.account_id = found.account_id OR l.household_id = found.household_id)
			) AS is_known
		FROM found CROSS JOIN LATERAL (
			SELECT count(*) AS mails, count(*) FILTER (WHERE r.nonce_hash = found.nonce_hash) AS own
			FROM delivery d JOIN message m ON m.id = d.message_id LEFT JOIN login_request r ON r.message_id = m.id
			WHERE d.wedding_id = found.wedding_id AND d.address = found.address
				AND m.kind = 'login' AND m.created_at > now() - interval '1 hour'
		) AS recent
	), granted AS MATERIALIZED (
		SELECT uuidv7() AS id, uuidv7() AS message_id, numbered.* FROM numbered
		WHERE nth <= $7 OR (is_known AND own_nth <= $7)
	), written AS (
		INSERT INTO message (id, wedding_id, kind, language, account_id, household_id, guest_id)
		SELECT message_id, wedding_id, 'login', language, account_id, household_id, guest_id FROM granted ORDER BY n
	), kept AS (
		INSERT INTO login_request (message_id, wedding_id, nonce_hash, next)
		SELECT message_id, wedding_id, nonce_hash, next FROM granted
	)
	INSERT INTO delivery (id, wedding_id, message_id, address, name)
	SELECT id, wedding_id, message_id, address, name FROM granted ORDER BY n RETURNING id, 'login' AS kind`;
