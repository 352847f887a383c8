import { db, type Tx } from '../kernel/db/db.server.ts';
import { Problem } from '../kernel/problem.ts';
import { type Direction, shift } from '../kernel/db/order.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import * as shownTo from '../people/shown-to.server.ts';
import * as attached from '../pictures/attached.server.ts';
import * as weddings from '../weddings/weddings.server.ts';
import { type Block, MOST_BLOCKS } from './block.ts';
import type { BlockDetails } from './block.schema.ts';

/** All of them, in the couple's order. */
export async function list(viewer: Viewer, tx: Tx = db): Promise<Block[]> {
	permit(viewer, 'pages:edit');
	const orderBy = [{ position: 'asc' as const }, { id: 'asc' as const }];
	const omit = { weddingId: true, position: true, createdAt: true } as const;
	return (await tx.block.findMany({ where: { weddingId: viewer.weddingId }, orderBy, omit })) as Block[];
}

export async function get(viewer: Viewer, id: string, tx: Tx = db): Promise<Block> {
	permit(viewer, 'pages:edit');
	const block = (await list(viewer, tx)).find((one) => one.id === id);
	if (!block) throw new Problem(404, 'block_not_found');
	return block;
}

/** At the end; one that comes back, at the place where it stood, counted from 0, with its pictures. */
export function add(viewer: Viewer, details: BlockDetails, back?: Back): Promise<string> {
	permit(viewer, 'pages:edit');
	return weddings.change(viewer, 'block.added', async (tx) => {
		const ids = (await list(viewer, tx)).map(({ id }) => id);
		if (ids.length >= MOST_BLOCKS) throw new Problem(409, 'blocks_many');
		const data = { ...(await shownTo.check(viewer, prepare(details), tx)), position: ids.length };
		const { id } = await tx.block.create({ data: { ...data, weddingId: viewer.weddingId } });
		if (back) {
			await arrange(viewer, ids.toSpliced(back.position, 0, id), tx);
			await attached.giveBack(viewer, { place: 'block', subjectId: id }, back.pictures, tx);
		}
		return id;
	});
}

export async function edit(viewer: Viewer, id: string, details: BlockDetails): Promise<void> {
	permit(viewer, 'pages:edit');
	await weddings.change(viewer, 'block.edited', async (tx) => {
		await get(viewer, id, tx);
		const data = await shownTo.check(viewer, prepare(details), tx);
		await tx.block.update({ where: { id, weddingId: viewer.weddingId }, data });
		return id;
	});
}

/** Whether guests have it at all. */
export async function setHidden(viewer: Viewer, id: string, isHidden: boolean): Promise<void> {
	permit(viewer, 'pages:edit');
	await weddings.change(viewer, isHidden ? 'block.hidden' : 'block.shown', async (tx) => {
		await get(viewer, id, tx);
		await tx.block.update({ where: { id, weddingId: viewer.weddingId }, data: { isHidden } });
		return id;
	});
}

/** One place up or down, as far as there are places. */
export async function move(viewer: Viewer, id: string, direction: Direction): Promise<void> {
	permit(viewer, 'pages:edit');
	await weddings.change(viewer, 'block.moved', async (tx) => {
		const ids = (await list(viewer, tx)).map((block) => block.id);
		const moved = shift(ids, id, direction);
		if (!moved) throw new Problem(404, 'block_not_found');
		await arrange(viewer, moved, tx);
		return id;
	});
}

type Back = { position: number; pictures: string[] };
export type Removed = Omit<Block, 'id'> & Back;

/** Gives back what it was and where it stood, for whoever wants it back. */
export async function remove(viewer: Viewer, id: string): Promise<Removed> {
	permit(viewer, 'pages:edit');
	let removed: Removed | undefined;
	await weddings.change(viewer, 'block.removed', async (tx) => {
		const all = await list(viewer, tx);
		const position = all.findIndex((one) => one.id === id);
		if (position < 0) throw new Problem(404, 'block_not_found');
		const { id: _, ...block } = all[position]!;
		await tx.block.delete({ where: { id, weddingId: viewer.weddingId } });
		const pictures = await attached.takeAway(viewer, { place: 'block', subjectId: id }, tx);
		removed = { ...block, position, pictures };
		return id;
	});
	return removed!;
}

/** Takes in a form with a picture that stands with it. Throws 404, 409, 413 and 415. */
export async function receivePicture(viewer: Viewer, id: string, request: Request): Promise<void> {
	permit(viewer, 'pages:edit');
	await get(viewer, id);
	const of = { place: 'block', subjectId: id } as const;
	await attached.receive(viewer, of, request, (tx) => get(viewer, id, tx));
}

async function arrange({ weddingId }: Viewer, ids: string[], tx: Tx): Promise<void> {
	for (const [position, id] of ids.entries())
		await tx.block.update({ where: { id, weddingId }, data: { position } });
}

const prepare = ({ kind, title, text, ...details }: BlockDetails) => {
	const { isHidden, visibleOn, onlyFor } = details;
	return { kind, title, text, isHidden, visibleOn, onlyFor };
};
