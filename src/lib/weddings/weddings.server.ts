import * as trail from '../audit/trail.server.ts';
import { db, rows, type Tx } from '../kernel/db.server.ts';
import { Problem } from '../kernel/problem.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import type { Wedding, WeddingDetails } from './wedding.ts';

/** The wedding that answers for `host`: its own, else the one for every host; null on an empty install. */
export async function at(host: string): Promise<Wedding | null> {
	const found = await rows<Wedding>(
		'wedding-at',
		`SELECT id, names, held_on AS "heldOn", place, welcome, time_zone AS "timeZone", language
		FROM wedding WHERE host = $1 OR host IS NULL ORDER BY host NULLS LAST, id LIMIT 1`,
		[host]
	);
	return found[0] ?? null;
}

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
