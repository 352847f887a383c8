import { db, type Tx } from '../kernel/db/db.server.ts';
import { Problem } from '../kernel/problem.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import * as plans from './plans.server.ts';
import type { FixtureDetails, NewTables, TableDetails, TablePlace } from './plan.schema.ts';
import { type Fixture, layOut, MOST_FIXTURES, MOST_TABLES, type RoomTable } from './room.ts';
import * as standing from './standing.server.ts';

const omit = { weddingId: true, planId: true } as const;

/** What stands in a plan's room: its tables by number. */
export async function look(
	viewer: Viewer,
	planId: string,
	tx: Tx = db
): Promise<{ tables: RoomTable[]; fixtures: Fixture[] }> {
	permit(viewer, 'tables:read');
	const where = { planId, weddingId: viewer.weddingId };
	return {
		tables: await tx.seatingTable.findMany({ where, omit, orderBy: { number: 'asc' } }),
		fixtures: await tx.fixture.findMany({ where, omit, orderBy: { id: 'asc' } })
	};
}

export async function getTable(viewer: Viewer, planId: string, id: string, tx: Tx = db): Promise<RoomTable> {
	permit(viewer, 'tables:read');
	const where = { id, planId, weddingId: viewer.weddingId };
	const table = await tx.seatingTable.findUnique({ where, omit });
	if (!table) throw new Problem(404, 'table_not_found');
	return table;
}

/** Some alike, in lines where there is room; gives back their numbers. */
export function addTables(viewer: Viewer, planId: string, typed: NewTables): Promise<number[]> {
	permit(viewer, 'tables:edit');
	const { weddingId } = viewer;
	const { count, ...table } = typed;
	return plans.change(viewer, planId, 'tables.added', async (plan, tx) => {
		const room = await look(viewer, planId, tx);
		if (room.tables.length + count > MOST_TABLES)
			throw new Problem(409, 'tables_many', { most: MOST_TABLES });
		const last = room.tables.at(-1)?.number ?? 0;
		const data = layOut(plan, room, table, count).map((place, n) => {
			return { ...table, ...place, planId, weddingId, number: last + 1 + n };
		});
		if (data.at(-1)!.number > 999) throw new Problem(409, 'tables_many', { most: MOST_TABLES });
		await tx.seatingTable.createMany({ data });
		return data.map(({ number }) => number);
	});
}

/**
 * Throws 409 for a number that another one has, and when it is made too small for those who sit there, with their names;
 * with `letStand` they do not sit there any more.
 */
export function editTable(
	viewer: Viewer,
	planId: string,
	id: string,
	{ letStand, ...data }: TableDetails
): Promise<void> {
	permit(viewer, 'tables:edit');
	const { weddingId } = viewer;
	return plans.change(viewer, planId, 'table.edited', async (_, tx) => {
		const before = await getTable(viewer, planId, id, tx);
		const where = { planId, weddingId, number: data.number, id: { not: id } };
		// at the field where it was typed
		if (await tx.seatingTable.count({ where }))
			throw new Problem(409, 'table_number', { number: String(data.number) });
		if (data.seats < before.seats)
			await standing.shrink(viewer, { ...before, planId, ...data, letStand }, tx);
		await tx.seatingTable.update({ where: { id, weddingId }, data });
	});
}

/** Throws 409 for one that is locked and is to stay so. */
export function place(viewer: Viewer, planId: string, { id, ...data }: TablePlace): Promise<void> {
	permit(viewer, 'tables:edit');
	return plans.change(viewer, planId, 'table.placed', async (_, tx) => {
		const { isLocked, number } = await getTable(viewer, planId, id, tx);
		if (isLocked && data.isLocked) throw new Problem(409, 'table_locked', { table: number });
		await tx.seatingTable.update({ where: { id, weddingId: viewer.weddingId }, data });
	});
}

/** Throws 409 with the names of those who sit there, unless they may stand. Gives back its number. */
export function removeTable(viewer: Viewer, planId: string, id: string, letStand: boolean): Promise<number> {
	permit(viewer, 'tables:edit');
	return plans.change(viewer, planId, 'table.removed', async (_, tx) => {
		const table = await getTable(viewer, planId, id, tx);
		await standing.shrink(viewer, { ...table, planId, seats: 0, letStand }, tx);
		await tx.seatingTable.delete({ where: { id, weddingId: viewer.weddingId } });
		return table.number;
	});
}

export function addFixture(viewer: Viewer, planId: string, details: FixtureDetails): Promise<void> {
	permit(viewer, 'tables:edit');
	const { weddingId } = viewer;
	return plans.change(viewer, planId, 'fixture.added', async (_, tx) => {
		const count = await tx.fixture.count({ where: { planId, weddingId } });
		if (count >= MOST_FIXTURES) throw new Problem(409, 'fixtures_many', { most: MOST_FIXTURES });
		await tx.fixture.create({ data: { ...details, planId, weddingId } });
	});
}

export function editFixture(
	viewer: Viewer,
	planId: string,
	{ id, ...data }: FixtureDetails & { id: string }
): Promise<void> {
	permit(viewer, 'tables:edit');
	return plans.change(viewer, planId, 'fixture.edited', async (_, tx) => {
		const where = { id, planId, weddingId: viewer.weddingId };
		const { count } = await tx.fixture.updateMany({ where, data });
		if (!count) throw new Problem(404, 'fixture_not_found');
	});
}

export function removeFixture(viewer: Viewer, planId: string, id: string): Promise<void> {
	permit(viewer, 'tables:edit');
	return plans.change(viewer, planId, 'fixture.removed', async (_, tx) => {
		await tx.fixture.deleteMany({ where: { id, planId, weddingId: viewer.weddingId } });
	});
}
