import { db, now, type Tx } from '../kernel/db/db.server.ts';
import { type Direction, shift } from '../kernel/db/order.ts';
import { Problem } from '../kernel/problem.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import * as shownTo from '../people/shown-to.server.ts';
import * as attached from '../pictures/attached.server.ts';
import * as weddings from '../weddings/weddings.server.ts';
import { type Gift, MOST_GIFTS } from './gift.ts';
import type { GiftDetails } from './gift.schema.ts';

const omit = { weddingId: true, position: true, removedAt: true, createdAt: true } as const;

/** All of them, in the couple's order. */
export async function list(viewer: Viewer, tx: Tx = db): Promise<Gift[]> {
	permit(viewer, 'gifts:edit');
	const where = { weddingId: viewer.weddingId, removedAt: null };
	const orderBy = [{ position: 'asc' as const }, { id: 'asc' as const }];
	return (await tx.gift.findMany({ where, orderBy, omit })) as Gift[];
}

export async function get(viewer: Viewer, id: string, tx: Tx = db): Promise<Gift> {
	permit(viewer, 'gifts:edit');
	const where = { id, weddingId: viewer.weddingId, removedAt: null };
	const gift = await tx.gift.findUnique({ where, omit });
	if (!gift) throw new Problem(404, 'gift_not_found');
	return gift as Gift;
}

export function add(viewer: Viewer, { version: _, ...details }: GiftDetails): Promise<string> {
	permit(viewer, 'gifts:edit');
	const { weddingId } = viewer;
	return weddings.change(viewer, 'gift.added', async (tx) => {
		const position = (await list(viewer, tx)).length;
		if (position >= MOST_GIFTS) throw new Problem(409, 'gifts_many');
		const data = { ...(await shownTo.check(viewer, details, tx)), weddingId, position };
		return (await tx.gift.create({ data })).id;
	});
}

/**
 * Throws 409 when it is not any more what it was in that version. Never for what guests said they bring: a refusal would
 * tell what the couple may have wanted not to know.
 */
export async function edit(viewer: Viewer, id: string, { version, ...details }: GiftDetails): Promise<void> {
	permit(viewer, 'gifts:edit');
	await weddings.change(viewer, 'gift.edited', async (tx) => {
		await get(viewer, id, tx);
		const data = await shownTo.check(viewer, details, tx);
		const where = { id, weddingId: viewer.weddingId, version, kind: details.kind };
		const { count } = await tx.gift.updateMany({ where, data: { ...data, version: version + 1 } });
		if (count === 0) throw new Problem(409, 'gift_changed');
		return id;
	});
}

/** Whether guests have it at all. */
export async function setHidden(viewer: Viewer, id: string, isHidden: boolean): Promise<void> {
	permit(viewer, 'gifts:edit');
	await weddings.change(viewer, isHidden ? 'gift.hidden' : 'gift.shown', async (tx) => {
		await get(viewer, id, tx);
		const data = { isHidden, version: { increment: 1 } };
		await tx.gift.update({ where: { id, weddingId: viewer.weddingId }, data });
		return id;
	});
}

/** One place up or down, as far as there are places. */
export async function move(viewer: Viewer, id: string, direction: Direction): Promise<void> {
	permit(viewer, 'gifts:edit');
	await weddings.change(viewer, 'gift.moved', async (tx) => {
		const ids = (await list(viewer, tx)).map((gift) => gift.id);
		const moved = shift(ids, id, direction);
		if (!moved) throw new Problem(404, 'gift_not_found');
		for (const [position, one] of moved.entries())
			await tx.gift.update({ where: { id: one, weddingId: viewer.weddingId }, data: { position } });
		return id;
	});
}

/** For a day it can be brought back, with whoever brings it. */
export async function remove(viewer: Viewer, id: string): Promise<void> {
	permit(viewer, 'gifts:edit');
	await weddings.change(viewer, 'gift.removed', async (tx) => {
		await get(viewer, id, tx);
		const data = { removedAt: await now(tx) };
		await tx.gift.update({ where: { id, weddingId: viewer.weddingId }, data });
		return id;
	});
}

/** Throws 404 when it is gone for good. */
export async function restore(viewer: Viewer, id: string): Promise<void> {
	permit(viewer, 'gifts:edit');
	await weddings.change(viewer, 'gift.restored', async (tx) => {
		const where = { id, weddingId: viewer.weddingId };
		const gift = await tx.gift.findUnique({ where, omit });
		if (!gift) throw new Problem(404, 'gift_not_found');
		await shownTo.check(viewer, gift, tx);
		await tx.gift.update({ where, data: { removedAt: null } });
		return id;
	});
}

/** Takes in a form with its picture, in place of the one there was. Throws 404, 413 and 415. */
export async function receivePicture(viewer: Viewer, id: string, request: Request): Promise<void> {
	permit(viewer, 'gifts:edit');
	await get(viewer, id);
	const of = { place: 'gift', subjectId: id } as const;
	await attached.receive(viewer, of, request, (tx) => get(viewer, id, tx));
}
