import * as trail from '../audit/trail.server.ts';
import { db, rows, type Tx } from '../kernel/db.server.ts';
import { Problem } from '../kernel/problem.ts';
import { together } from '../kernel/together.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import type { Wedding, WeddingDetails } from './wedding.ts';

/** The wedding that answers for a host: its own, else the one for every host; null on an empty install. */
export const at = together(async (hosts: string[]): Promise<(Wedding | null)[]> => {
	const found = await rows<Wedding & { asked: string }>(
		'wedding-at',
		`SELECT DISTINCT ON (asked) asked, id, names, held_on AS "heldOn", place, welcome, time_zone AS "timeZone", language
		FROM unnest($1::text[]) AS asked JOIN wedding ON host = asked OR host IS NULL
		ORDER BY asked, host NULLS LAST, id`,
		[[...new Set(hosts)]]
	);
	const byHost = new Map(found.map(({ asked, ...wedding }) => [asked, wedding]));
	return hosts.map((host) => byHost.get(host) ?? null);
});

export async function get(viewer: Viewer, tx: Tx = db): Promise<Wedding> {
	permit(viewer, 'wedding:read');
	const wedding = await tx.wedding.findUnique({ where: { id: viewer.weddingId } });
	if (!wedding) throw new Problem(404, 'not_found');
	return { ...wedding, welcome: wedding.welcome as Wedding['welcome'] };
}

export function edit(viewer: Viewer, details: WeddingDetails): Promise<void> {
	permit(viewer, 'wedding:edit');
	return db.$transaction(async (tx) => {
		await tx.wedding.update({ where: { id: viewer.weddingId }, data: details });
		await trail.record(tx, viewer, 'wedding.edited', viewer.weddingId);
	});
}
