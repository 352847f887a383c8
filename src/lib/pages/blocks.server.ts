import * as trail from '../audit/trail.server.ts';
import { db, transaction, type Tx } from '../kernel/db/db.server.ts';
import { Problem } from '../kernel/problem.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
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

/** At the end, or at a place counted from 0. */
export function add(viewer: Viewer, details: BlockDetails, position?: number): Promise<string> {
	permit(viewer, 'pages:edit');
	return change(viewer, 'block.added', async (tx) => {
		const ids = (await list(viewer, tx)).map(({ id }) => id);
		if (ids.length >= MOST_BLOCKS) throw new Problem(409, 'blocks_many');
		const data = { ...(await prepare(viewer, details, tx)), position: ids.length };
		const { id } = await tx.block.create({ data: { ...data, weddingId: viewer.weddingId } });
		if (position !== undefined) await arrange(viewer, ids.toSpliced(position, 0, id), tx);
		return id;
	});
}

export async function edit(viewer: Viewer, id: string, details: BlockDetails): Promise<void> {
	permit(viewer, 'pages:edit');
	await change(viewer, 'block.edited', async (tx) => {
		await get(viewer, id, tx);
		const data = await prepare(viewer, details, tx);
		await tx.block.update({ where: { id, weddingId: viewer.weddingId }, data });
		return id;
	});
}

/** Whether guests have it at all. */
export async function setHidden(viewer: Viewer, id: string, isHidden: boolean): Promise<void> {
	permit(viewer, 'pages:edit');
	await change(viewer, isHidden ? 'block.hidden' : 'block.shown', async (tx) => {
		await get(viewer, id, tx);
		await tx.block.update({ where: { id, weddingId: viewer.weddingId }, data: { isHidden } });
		return id;
	});
}

/** One place up or down, as far as there are places. */
export async function move(viewer: Viewer, id: string, direction: 'up' | 'down'): Promise<void> {
	permit(viewer, 'pages:edit');
	await change(viewer, 'block.moved', async (tx) => {
		const ids = (await list(viewer, tx)).map((block) => block.id);
		const place = ids.indexOf(id);
		if (place < 0) throw new Problem(404, 'block_not_found');
		const others = ids.toSpliced(place, 1);
		await arrange(viewer, others.toSpliced(Math.max(0, place + (direction === 'up' ? -1 : 1)), 0, id), tx);
		return id;
	});
}

export type Removed = Omit<Block, 'id'> & { position: number };

/** Gives back what it was and where it stood, for whoever wants it back. */
export async function remove(viewer: Viewer, id: string): Promise<Removed> {
	permit(viewer, 'pages:edit');
	let removed: Removed | undefined;
	await change(viewer, 'block.removed', async (tx) => {
		const all = await list(viewer, tx);
		const position = all.findIndex((one) => one.id === id);
		if (position < 0) throw new Problem(404, 'block_not_found');
		const { id: _, ...block } = all[position]!;
		await tx.block.delete({ where: { id, weddingId: viewer.weddingId } });
		removed = { ...block, position };
		return id;
	});
	return removed!;
}

async function change(viewer: Viewer, action: string, act: (tx: Tx) => Promise<string>): Promise<string> {
	return transaction(async (tx) => {
		await weddings.hold(viewer.weddingId, tx);
		const id = await act(tx);
		await trail.record(viewer, action, { id }, tx);
		return id;
	});
}

async function arrange({ weddingId }: Viewer, ids: string[], tx: Tx): Promise<void> {
	for (const [position, id] of ids.entries())
		await tx.block.update({ where: { id, weddingId }, data: { position } });
}

/** Throws 409 for a group that is not there any more: else whoever should have it would not. */
async function prepare({ weddingId }: Viewer, details: BlockDetails, tx: Tx) {
	const { kind, title, text, isHidden, visibleOn, onlyFor } = details;
	const found = await tx.tag.count({ where: { weddingId, id: { in: onlyFor } } });
	if (found < onlyFor.length) throw new Problem(409, 'tag_gone');
	return { kind, title, text, isHidden, visibleOn, onlyFor };
}
