import type pg from 'pg';
import { createHash } from 'node:crypto';

export const GUESTS = 10_000;

/** The address of one of the invited guests. */
export const address = (n: number) => `guest-${n % GUESTS}@example.org`;

export const digest = (secret: string) => createHash('sha256').update(secret).digest();

/** A wedding with five thousand households of two, twenty recordings, and half of those scored by both of each household. */
export async function fill(client: pg.Client): Promise<void> {
	await client.query(`
		WITH wedding AS (
			INSERT INTO wedding (names, held_on, place) VALUES ('Anna & Ben', '2027-06-12', 'Utrecht') RETURNING id
		), household AS (
			INSERT INTO household (wedding_id, name, language, code)
			SELECT id, 'Household ' || n, 'en', 'CARD' || lpad(n::text, 8, '0') FROM wedding, generate_series(0, ${GUESTS / 2 - 1}) n
			RETURNING id, wedding_id, substring(code FROM 5)::int AS n
		), guest AS (
			INSERT INTO guest (wedding_id, household_id, name, email, position)
			SELECT wedding_id, id, 'Guest ' || p, 'guest-' || (2 * n + p) || '@example.org', p
			FROM household, generate_series(0, 1) p RETURNING id, wedding_id
		), recording AS (
			INSERT INTO recording (wedding_id, title, moment, speaker, position, original_name, format, mime_type, plays, state, bytes, duration_seconds)
			SELECT id, 'Recording ' || n, 'Dinner', 'Uncle Wim', n, 'speech.mp3', 'mp3', 'audio/mpeg', true, 'ready', 1000000, 60 + n
			FROM wedding, generate_series(1, 20) n RETURNING id, wedding_id, position
		)
		INSERT INTO score (recording_id, guest_id, wedding_id, stars, updated_at)
		SELECT r.id, g.id, g.wedding_id, 1 + r.position % 5, now() FROM recording r, guest g WHERE r.position % 2 = 0`);
}

/** The first of the guests are signed in, each with their own secret. */
export async function signIn(client: pg.Client, secrets: string[]): Promise<void> {
	await client.query(
		`INSERT INTO session (wedding_id, household_id, guest_id, secret_hash, expires_at)
		SELECT wedding_id, household_id, id, hash, now() + interval '1 day'
		FROM unnest($1::bytea[], $2::text[]) AS given (hash, email) JOIN guest USING (email)`,
		[secrets.map(digest), secrets.map((_, n) => address(n))]
	);
}

/** Login links with these tokens, to one guest after the other. */
export async function link(client: pg.Client, tokens: string[]): Promise<void> {
	await client.query(
		`INSERT INTO login_link (wedding_id, household_id, guest_id, token_hash, expires_at)
		SELECT wedding_id, household_id, id, hash, now() + interval '1 day'
		FROM unnest($1::bytea[], $2::text[]) AS given (hash, email) JOIN guest USING (email)`,
		[tokens.map(digest), tokens.map((_, n) => address(n))]
	);
}

/** One of the couple, with this secret. */
export async function signInCouple(client: pg.Client, secret: string): Promise<void> {
	await client.query(
		`WITH account AS (
			INSERT INTO account (email, name) VALUES ('anna@example.org', 'Anna') RETURNING id
		), member AS (
			INSERT INTO member (account_id, wedding_id, role) SELECT account.id, wedding.id, 'couple' FROM account, wedding
		)
		INSERT INTO session (wedding_id, account_id, secret_hash, expires_at)
		SELECT wedding.id, account.id, $1, now() + interval '1 day' FROM account, wedding`,
		[digest(secret)]
	);
}
