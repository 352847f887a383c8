import { now, rows, transaction } from '../kernel/db/db.server.ts';
import { after } from '../kernel/clock.ts';
import { Problem } from '../kernel/problem.ts';
import * as limits from '../kernel/db/limits.server.ts';
import { makeCode, digest, makeSecret } from '../kernel/token.ts';
import type { Viewer } from '../kernel/viewer.ts';
import * as weddings from '../weddings/weddings.server.ts';
import {
	CODE_LENGTH,
	CODE_TRIES,
	LINK_SECONDS,
	maskAddress,
	NONCE_SECONDS,
	SESSION_SECONDS,
	extractToken
} from './login.ts';

/** Whom a link lets in. */
export type Holder = {
	weddingId: string;
	accountId?: string | null;
	householdId?: string | null;
	guestId?: string | null;
};

export type Made = { url: string; code: string };

/**
 * Makes a link and its code, good for 15 minutes from now, or for `seconds`. Called where the secret leaves the
 * house: the mail worker, the start of a local install. A second call for the same mail replaces the first.
 */
export async function make(
	{ weddingId, accountId, householdId, guestId }: Holder,
	mail: { id?: string; nonceHash?: Uint8Array<ArrayBuffer> | null; next?: string; seconds?: number } = {}
): Promise<Made> {
	const token = makeSecret();
	const typed = makeCode(CODE_LENGTH);
	const origin = await transaction(async (tx) => {
		const data = {
			...{ weddingId, accountId, householdId, guestId, mailId: mail.id, nonceHash: mail.nonceHash },
			...{ next: mail.next ?? '/', tokenHash: digest(token), codeHash: digest(typed) },
			expiresAt: after(mail.seconds ?? LINK_SECONDS, await now(tx))
		};
		const select = { id: true, wedding: { select: { host: true } } };
		const link = await tx.loginLink.create({ data, select });
		if (mail.id)
			await tx.loginLink.deleteMany({ where: { mailId: mail.id, usedAt: null, id: { not: link.id } } });
		return weddings.originOf(link.wedding);
	});
	return { url: `${origin}/auth/verify/${token}`, code: typed };
}

export type Peek = { isOpen: boolean; isUsed: boolean; address: string };

/** What the page with the button shows; changes nothing. null for a token that was never ours. */
export async function peek({ weddingId }: Viewer, token: string): Promise<Peek | null> {
	const [link] = await rows<Omit<Peek, 'address'> & { address: string | null }>(
		'link-peek',
		`SELECT l.used_at IS NULL AND l.expires_at > now() AS "isOpen", l.used_at IS NOT NULL AS "isUsed",
			coalesce(a.email, g.email) AS address
		FROM login_link l LEFT JOIN account a ON a.id = l.account_id LEFT JOIN guest g ON g.id = l.guest_id
		WHERE l.token_hash = $1 AND l.wedding_id = $2`,
		[digest(extractToken(token)), weddingId]
	);
	return link ? { ...link, address: maskAddress(link.address ?? '') } : null;
}

export type Entry = { secret: string; next: string; until: Date };

/**
 * Uses up the token and opens a session, in one statement: of many at once exactly one succeeds. Every other link of
 * the same person is over then, and so is `planted`, the cookie that came along; the browser with this `nonce` is known
 * from then on. Throws 410 for a spent or expired token.
 */
export function enter(viewer: Viewer, token: string, planted?: string, nonce?: string): Promise<Entry> {
	return open(viewer, digest(extractToken(token)), planted, nonce);
}

/** Where a spent link led, for the person whom it lets in; null for everyone else, and while it is unused. */
export async function findNext(viewer: Viewer, token: string): Promise<string | null> {
	const { weddingId, accountId = null, householdId = null } = viewer;
	const [link] = await rows<{ next: string }>(
		'link-entered',
		`SELECT next FROM login_link WHERE token_hash = $1 AND wedding_id = $2 AND used_at IS NOT NULL
			AND (account_id = $3 OR household_id = $4)`,
		[digest(extractToken(token)), weddingId, accountId, householdId]
	);
	return link ? toLanding(link.next, accountId) : null;
}

/**
 * Somebody asks for a mail, whose code can then be typed where this nonce is. Whether the address is known must not
 * show: the tries that people are told of begin anew each time, those that count are of each link.
 */
export async function expectCode({ weddingId }: Viewer, nonce: string): Promise<void> {
	await limits.begin(`login-code:${weddingId}`, nonce, NONCE_SECONDS);
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
	const hasAsked =
		nonce && (await limits.takeBegun(`login-code:${viewer.weddingId}`, nonce, CODE_TRIES).catch(refuseOften));
	if (!hasAsked) throw new Problem(409, 'code_elsewhere');
	const link = await tryCode(viewer, digest(nonce), digest(typed));
	const isSpent = !link && (await wasUsed(viewer, nonce, typed));
	if (!link) throw new Problem(409, isSpent ? 'code_used' : 'code_wrong');
	return open(viewer, link.tokenHash, planted, nonce).catch((error) => {
		throw error instanceof Problem ? new Problem(409, 'code_used') : error;
	});
}

/** Counts a try of every code that this browser may type, and finds the link of the right one. */
async function tryCode({ weddingId }: Viewer, nonce: Buffer, code: Buffer) {
	const tried = await rows<{ isRight: boolean; tries: number; tokenHash: Buffer }>(
		'code-try',
		`UPDATE login_link SET tries = tries + 1
		WHERE nonce_hash = $1 AND wedding_id = $3 AND used_at IS NULL AND expires_at > now()
		RETURNING code_hash = $2 AS "isRight", tries, token_hash AS "tokenHash"`,
		[nonce, code, weddingId]
	);
	return tried.find(({ isRight, tries }) => isRight && tries <= CODE_TRIES);
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

/** Waiting is no help: by then the code is too old. */
function refuseOften(error: unknown): never {
	throw error instanceof Problem ? new Problem(429, 'code_often', {}, error.headers) : error;
}

async function open({ weddingId }: Viewer, tokenHash: Buffer, planted = '', nonce?: string): Promise<Entry> {
	const fresh = makeSecret();
	const browser = nonce ? digest(nonce) : null;
	const values = [tokenHash, weddingId, digest(fresh), digest(planted), SESSION_SECONDS, browser];
	type Opened = { next: string; accountId: string | null; until: Date };
	const [entered] = await rows<Opened>('link-open', OPEN, values);
	if (!entered) throw new Problem(410, 'link_spent');
	const { next, accountId, until } = entered;
	return { secret: fresh, next: toLanding(next, accountId), until };
}

/**
 * What it needs is locked in the order of db.server.ts: `held` waits for whoever is changing this person, or has just
 * let them in by another link. What they ended is later than our now().
 */
const OPEN = `
	WITH wedding AS (
		SELECT id FROM wedding WHERE id = $2 FOR KEY SHARE
	), asked AS (
		SELECT l.* FROM login_link l JOIN wedding ON wedding.id = l.wedding_id WHERE l.token_hash = $1
	), home AS (
		SELECT id FROM household WHERE id = (SELECT household_id FROM asked) FOR NO KEY UPDATE
	), holder AS (
		SELECT id FROM account WHERE id = (SELECT account_id FROM asked) FOR NO KEY UPDATE
	), held AS MATERIALIZED (
		SELECT id FROM home UNION ALL SELECT id FROM holder
	), link AS (
		UPDATE login_link SET used_at = now(), browser_hash = $6
		WHERE id = (SELECT id FROM asked) AND used_at IS NULL AND expires_at > clock_timestamp() AND EXISTS (SELECT FROM held)
		RETURNING *
	), others AS (
		UPDATE login_link l SET expires_at = now() FROM link
		WHERE l.id <> link.id AND l.wedding_id = link.wedding_id AND l.used_at IS NULL AND l.expires_at > now() AND (
			l.account_id = link.account_id
			OR (l.household_id = link.household_id AND l.guest_id IS NOT DISTINCT FROM link.guest_id)
		)
	), planted AS (
		DELETE FROM session USING link WHERE secret_hash = $4
	), seen AS (
		UPDATE household SET opened_at = coalesce(opened_at, now()), seen_at = now()
		FROM link WHERE household.id = link.household_id
	), entered AS (
		INSERT INTO session (wedding_id, account_id, household_id, guest_id, secret_hash, expires_at)
		SELECT wedding_id, account_id, household_id, guest_id, $3, now() + make_interval(secs => $5) FROM link
		RETURNING expires_at
	)
	SELECT next, account_id AS "accountId", entered.expires_at AS until FROM link, entered`;

function toLanding(next: string, accountId: string | null): string {
	return next === '/' && accountId ? '/couple' : next;
}
