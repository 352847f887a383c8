import * as trail from '../audit/trail.server.ts';
import { db, transaction } from '../kernel/db/db.server.ts';
import { toInstant } from '../kernel/text/local-time.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import * as weddings from '../weddings/weddings.server.ts';
import type { Deadlines } from './reply.schema.ts';

export async function get(viewer: Viewer) {
	permit(viewer, 'events:list');
	const found = await db.deadline.findUnique({ where: { weddingId: viewer.weddingId } });
	return { answersUntil: found?.answersUntil ?? null, detailsUntil: found?.detailsUntil ?? null };
}

/** Times of a clock at the wedding become moments here, once. */
export async function set(viewer: Viewer, typed: Deadlines): Promise<void> {
	permit(viewer, 'events:edit');
	const { weddingId } = viewer;
	await transaction(async (tx) => {
		await weddings.hold(weddingId, tx);
		const { timeZone } = await weddings.get(viewer, tx);
		const instant = (local: string | null) => local && toInstant(local, timeZone);
		const data = {
			answersUntil: instant(typed.answersUntil) || null,
			detailsUntil: instant(typed.detailsUntil) || null
		};
		await tx.deadline.upsert({ where: { weddingId }, create: { ...data, weddingId }, update: data });
		await trail.record(viewer, 'deadline.set', { id: weddingId }, tx);
	});
}
