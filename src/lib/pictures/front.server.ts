import * as trail from '../audit/trail.server.ts';
import { now, rows, transaction, type Tx } from '../kernel/db/db.server.ts';
import { together } from '../kernel/db/together.server.ts';
import { Problem } from '../kernel/problem.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import * as weddings from '../weddings/weddings.server.ts';
import { COLUMNS, RESTORABLE } from './stored.server.ts';
import * as stored from './stored.server.ts';
import type { Picture } from './picture.ts';
import type { PictureDetails } from './picture.schema.ts';

/* The picture at the top of the guests' page. */

/** As guests see it; null where there is none. */
export async function find(viewer: Viewer): Promise<Picture | null> {
	permit(viewer, 'pictures:see');
	return findOf(viewer.weddingId);
}

const findOf = together(async (weddingIds: string[]): Promise<(Picture | null)[]> => {
	const found = await rows<Picture & { weddingId: string }>(
		'front-picture',
		`SELECT ${COLUMNS}, wedding_id AS "weddingId" FROM picture
		WHERE wedding_id = ANY ($1::uuid[]) AND place = 'front' AND removed_at IS NULL`,
		[[...new Set(weddingIds)]]
	);
	const byWedding = new Map(found.map(({ weddingId, ...picture }) => [weddingId, picture]));
	return weddingIds.map((id) => byWedding.get(id) ?? null);
});

/** The one that was there before, as long as it can be put back. */
export async function findRemoved(viewer: Viewer): Promise<Picture | null> {
	permit(viewer, 'pictures:edit');
	const removed = `SELECT ${COLUMNS} FROM picture WHERE wedding_id = $1::uuid AND place = 'front' AND ${RESTORABLE}
		ORDER BY removed_at DESC LIMIT 1`;
	const [found] = await rows<Picture>('front-picture-removed', removed, [viewer.weddingId]);
	return found ?? null;
}

/** Takes in a form with a picture, and puts it there. Nothing of what was sent stays. */
export async function receive(viewer: Viewer, request: Request): Promise<void> {
	permit(viewer, 'pictures:edit');
	await stored.receive(viewer, request, async (path) => void (await put(viewer, path)));
}

/** Draws a picture anew and shows it, in place of the one there was. Throws 413 and 415. */
export function put(viewer: Viewer, path: string): Promise<string> {
	permit(viewer, 'pictures:edit');
	return stored.put(viewer, path, async (picture, tx) => {
		await takeAway(viewer.weddingId, tx);
		await tx.picture.create({ data: { ...picture, place: 'front' } });
	});
}

/** What is never cut off, and what it shows. */
export function edit(viewer: Viewer, { focus, alt }: PictureDetails): Promise<void> {
	permit(viewer, 'pictures:edit');
	const { weddingId } = viewer;
	return transaction(async (tx) => {
		await weddings.hold(weddingId, tx);
		const where = { weddingId, place: 'front', removedAt: null };
		const [changed] = await tx.picture.updateManyAndReturn({ where, data: { focus, alt } });
		if (!changed) throw new Problem(409, 'picture_restored');
		await trail.record(viewer, 'picture.edited', { id: changed.id }, tx);
	});
}

/** For a day it can be put back. */
export function remove(viewer: Viewer): Promise<void> {
	permit(viewer, 'pictures:edit');
	return transaction(async (tx) => {
		await weddings.hold(viewer.weddingId, tx);
		const id = await takeAway(viewer.weddingId, tx);
		if (id) await trail.record(viewer, 'picture.removed', { id }, tx);
	});
}

/** Shows one again that was taken away, or that another one took the place of. Throws 409 when it is gone for good. */
export function restore(viewer: Viewer, id: string): Promise<void> {
	permit(viewer, 'pictures:edit');
	const { weddingId } = viewer;
	return transaction(async (tx) => {
		await weddings.hold(weddingId, tx);
		await takeAway(weddingId, tx);
		const where = { id, weddingId, place: 'front' };
		const { count } = await tx.picture.updateMany({ where, data: { removedAt: null } });
		if (!count) throw new Problem(409, 'picture_restored');
		await trail.record(viewer, 'picture.put', { id }, tx);
	});
}

/** Gives back the id of the one that was there. */
async function takeAway(weddingId: string, tx: Tx): Promise<string | undefined> {
	const where = { weddingId, place: 'front', removedAt: null };
	const removedAt = await now(tx);
	const [removed] = await tx.picture.updateManyAndReturn({ where, data: { removedAt } });
	return removed?.id;
}
