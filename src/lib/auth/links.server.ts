import { db, rows } from '../kernel/db.server.ts';
import { after, clock, MINUTE } from '../kernel/clock.ts';
import { Problem } from '../kernel/problem.ts';
import * as limits from '../kernel/limits.server.ts';
import { settings } from '../kernel/settings.server.ts';
import { code, digest, secret } from '../kernel/token.ts';
import type { Viewer } from '../kernel/viewer.ts';
import { CODE_LENGTH, CODE_TRIES, LINK_SECONDS, masked, SESSION_SECONDS, wholeToken } from './login.ts';

/** Whom a link lets in. */
export type Holder = {
	weddingId: string;
	accountId?: string | null;
	householdId?: string | null;
	guestId?: string | null;
};

export type Made = { url: string; code: string };

/**
 * Makes a link and its code, good for 15 minutes from now. Called where the secret leaves the house:
 * the mail worker, the start of a local install. A second call for the same mail replaces the first.
 */
export async function make(
	{ weddingId, accountId, householdId, guestId }: Holder,
	mail: { id?: string; nonceHash?: Uint8Array<ArrayBuffer> | null; next?: string } = {}
): Promise<Made> {
	const token = secret();
	const typed = code(CODE_LENGTH);
	await db.$transaction(async (tx) => {
		if (mail.id) await tx.loginLink.deleteMany({ where: { mailId: mail.id, usedAt: null } });
		await tx.loginLink.create({
			data: {
				weddingId,
				accountId,
				householdId,
				guestId,
				mailId: mail.id,
				nonceHash: mail.nonceHash,
				next: mail.next,
				tokenHash: digest(token),
				codeHash: digest(typed),
				expiresAt: after(LINK_SECONDS)
			}
		});
	});
	return { url: `${settings.ORIGIN}/auth/verify/${token}`, code: typed };
}

export type Peek = { isOpen: boolean; isUsed: boolean; address: string };

/** What the page with the button shows; changes nothing. null for a token that was never ours. */
export async function peek({ weddingId }: Viewer, token: string): Promise<Peek | null> {
	const [link] = await rows<Omit<Peek, 'address'> & { address: string | null }>(
		'link-peek',
		`SELECT l.used_at IS NULL AND l.expires_at > $3 AS "isOpen", l.used_at IS NOT NULL AS "isUsed",
			coalesce(a.email, g.email) AS address
		FROM login_link l LEFT JOIN account a ON a.id = l.account_id LEFT JOIN guest g ON g.id = l.guest_id
		WHERE l.token_hash = $1 AND l.wedding_id = $2`,
		[digest(wholeToken(token)), weddingId, clock.now()]
	);
	return link ? { ...link, address: masked(link.address ?? '') } : null;
}

/** The tries are counted for as long as a code lives. */
const TRIES_SECONDS = LINK_SECONDS + MINUTE;

export type Entry = { secret: string; next: string; until: Date };

/**
 * Uses up the token and opens a session, in one statement: of many at once exactly one succeeds.
 * `planted`, the cookie that came along, is dead afterwards; the browser with this `nonce` is known from then on.
 * Throws 410 for a spent or expired token.
 */
export function enter(viewer: Viewer, token: string, planted?: string, nonce?: string): Promise<Entry> {
	return open('link-enter', 'token_hash = $1', digest(wholeToken(token)), viewer, planted, nonce);
}

/** Where a spent link led, for the person whom it lets in; null for everyone else, and while it is unused. */
export async function entered(viewer: Viewer, token: string): Promise<string | null> {
	const { weddingId, accountId = null, householdId = null } = viewer;
	const [link] = await rows<{ next: string }>(
		'link-entered',
		`SELECT next FROM login_link WHERE token_hash = $1 AND wedding_id = $2 AND used_at IS NOT NULL
			AND (account_id = $3 OR household_id = $4)`,
		[digest(wholeToken(token)), weddingId, accountId, householdId]
	);
	return link ? landing(link.next, accountId) : null;
}

/**
 * The typed way in, for the browser that asked. Throws 429 at the sixth try, even with the right code,
 * and 409 for one that is wrong, expired, or spent by the link in the same mail.
 */
export async function enterByCode(
	viewer: Viewer,
	nonce: string | undefined,
	typed: string,
	planted?: string
): Promise<Entry> {
	if (!nonce) throw new Problem(409, 'code_elsewhere');
	await limits.take('login-code', nonce, CODE_TRIES, TRIES_SECONDS).catch(often);
	const condition = `code_hash = $1 AND nonce_hash = $7`;
	try {
		return await open('code-enter', condition, digest(typed), viewer, planted, nonce);
	} catch (error) {
		if (!(error instanceof Problem)) throw error;
		const isSpent = await wasUsed(viewer, nonce, typed);
		throw new Problem(409, isSpent ? 'code_used' : 'code_wrong');
	}
}

/** Of no other browser than the one that asked, and with the right code alone: nobody learns it by guessing. */
async function wasUsed({ weddingId }: Viewer, nonce: string, typed: string): Promise<boolean> {
	const found = await rows(
		'code-used',
		`SELECT 1 FROM login_link
		WHERE nonce_hash = $1 AND code_hash = $2 AND wedding_id = $3 AND used_at IS NOT NULL`,
		[digest(nonce), digest(typed), weddingId]
	);
	return found.length > 0;
}

/** Who asks for another mail has all tries for its code: there are too few mails in an hour to guess one of them. */
export async function forgive(nonce: string): Promise<void> {
	await limits.forgive('login-code', nonce, CODE_TRIES, TRIES_SECONDS);
}

/** Waiting is no help: by then the code is too old. */
function often(error: unknown): never {
	throw error instanceof Problem ? new Problem(429, 'code_often', {}, error.headers) : error;
}

async function open(
	name: string,
	condition: string,
	hash: Buffer,
	{ weddingId }: Viewer,
	planted = '',
	nonce?: string
): Promise<Entry> {
	const fresh = secret();
	const until = after(SESSION_SECONDS);
	const browser = nonce ? digest(nonce) : null;
	const values = [hash, weddingId, clock.now(), digest(fresh), until, digest(planted), browser];
	const [link] = await rows<{ next: string; accountId: string | null }>(
		name,
		`WITH link AS (
			UPDATE login_link SET used_at = $3, browser_hash = $7
			WHERE ${condition} AND wedding_id = $2 AND used_at IS NULL AND expires_at > $3
			RETURNING wedding_id, account_id, household_id, guest_id, next
		), planted AS (
			DELETE FROM session USING link WHERE secret_hash = $6
		), seen AS (
			UPDATE household SET opened_at = coalesce(opened_at, $3), seen_at = $3
			FROM link WHERE household.id = link.household_id
		), entered AS (
			INSERT INTO session (wedding_id, account_id, household_id, guest_id, secret_hash, created_at, renewed_at, expires_at)
			SELECT wedding_id, account_id, household_id, guest_id, $4, $3, $3, $5 FROM link
		)
		SELECT next, account_id AS "accountId" FROM link`,
		values
	);
	if (!link) throw new Problem(410, 'link_spent');
	return { secret: fresh, next: landing(link.next, link.accountId), until };
}

function landing(next: string, accountId: string | null): string {
	return next === '/' && accountId ? '/couple' : next;
}
