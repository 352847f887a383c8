import * as trail from '../audit/trail.server.ts';
import { db, rows, transaction, type Tx } from '../kernel/db/db.server.ts';
import { Problem } from '../kernel/problem.ts';
import { settings } from '../kernel/settings.server.ts';
import { together } from '../kernel/db/together.server.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import type { Wedding, WholeWedding } from './wedding.ts';
import type { WeddingDetails } from './wedding.schema.ts';

/** The wedding that answers for a host: its own, else the one for every host; null on an empty install. */
export const findByHost = together(async (hosts: string[]): Promise<(Wedding | null)[]> => {
	const found = await rows<Wedding & { asked: string }>(
		'wedding-at',
		`SELECT DISTINCT ON (asked) asked, id, host, names, held_on AS "heldOn", place, welcome, time_zone AS "timeZone", language,
			(SELECT json_build_object('theme', theme, 'accent', accent) FROM look WHERE wedding_id = wedding.id) AS look
		FROM unnest($1::text[]) AS asked JOIN wedding ON host = asked OR host IS NULL
		ORDER BY asked, host NULLS LAST, id`,
		[[...new Set(hosts)]]
	);
	const byHost = new Map(found.map(({ asked, ...wedding }) => [asked, wedding]));
	return hosts.map((host) => byHost.get(host) ?? null);
});

/** The wedding that was at this host before it moved, as a card that was printed then still says; null for any other. */
export async function findByFormerHost(host: string): Promise<Pick<Wedding, 'host'> | null> {
	const found = await rows<Pick<Wedding, 'host'>>(
		'wedding-moved',
		'SELECT host FROM wedding WHERE $1 = ANY(former_hosts) ORDER BY id LIMIT 1',
		[host]
	);
	return found[0] ?? null;
}

/**
 * Where this wedding is: what its links, its mails and the check of a form's origin go by. Never the host of a request,
 * which anybody may make up; one without a host of its own is at ORIGIN.
 */
export function originOf({ host }: Pick<Wedding, 'host'>): string {
	const { protocol, origin } = new URL(settings.ORIGIN);
	return host === null ? origin : `${protocol}//${host}`;
}

export async function get(viewer: Viewer, tx: Tx = db): Promise<WholeWedding> {
	permit(viewer, 'wedding:read');
	const wedding = await tx.wedding.findUnique({ where: { id: viewer.weddingId } });
	if (!wedding) throw new Problem(404, 'not_found');
	return { ...wedding, welcome: wedding.welcome as Wedding['welcome'] };
}

/**
 * One at a time changes who and what is in a wedding: two cannot both give an address to theirs. Throws 410 when the
 * wedding was erased. Every transaction that locks several rows locks this one first, then in this order:
 *
 *   households by id or the account, tags, guests, links, sessions, recordings, scores, voices, pictures, events, meals,
 *   invitations, replies, seats, plans, mails, the audit
 */
export async function hold(weddingId: string, tx: Tx): Promise<void> {
	const lock = 'SELECT 1 FROM wedding WHERE id = $1::uuid FOR NO KEY UPDATE';
	const held = await rows('wedding-hold', lock, [weddingId], tx);
	if (held.length === 0) throw new Problem(410, 'gone');
}

/** Changes one thing of the wedding, for whoever may do that: `act` says which, and the audit keeps it as `action`. */
export function change(viewer: Viewer, action: string, act: (tx: Tx) => Promise<string>): Promise<string> {
	return transaction(async (tx) => {
		await hold(viewer.weddingId, tx);
		const id = await act(tx);
		await trail.record(viewer, action, { id }, tx);
		return id;
	});
}

export function edit(viewer: Viewer, details: WeddingDetails): Promise<void> {
	permit(viewer, 'wedding:edit');
	return transaction(async (tx) => {
		await hold(viewer.weddingId, tx);
		await tx.wedding.update({ where: { id: viewer.weddingId }, data: details });
		await trail.record(viewer, 'wedding.edited', { id: viewer.weddingId }, tx);
	});
}

/**
 * From now on it answers for this host alone, and whoever comes to where it was is led there. Throws what Postgres says
 * when another wedding has it.
 */
export async function moveTo(viewer: Viewer, host: string, tx: Tx = db): Promise<void> {
	permit(viewer, 'wedding:edit');
	await hold(viewer.weddingId, tx);
	const where = { id: viewer.weddingId };
	const { host: before } = await tx.wedding.findUniqueOrThrow({ where });
	await tx.wedding.update({ where, data: { host } });
	if (before) await leadFrom(viewer, before, tx);
	await trail.record(viewer, 'wedding.moved', { id: viewer.weddingId, host }, tx);
}

/** Whoever comes to `former`, where it was, is led to where it is. */
export async function leadFrom(viewer: Viewer, former: string, tx: Tx = db): Promise<void> {
	permit(viewer, 'wedding:edit');
	const where = { id: viewer.weddingId };
	const { host, formerHosts } = await tx.wedding.findUniqueOrThrow({ where });
	const all = new Set([...formerHosts, former]);
	// it may have come back
	if (host) all.delete(host);
	await tx.wedding.update({ where, data: { formerHosts: [...all] } });
}
