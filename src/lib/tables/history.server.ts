import { db, rows, type Tx } from '../kernel/db/db.server.ts';
import { Problem } from '../kernel/problem.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import * as placed from './placed.server.ts';
import * as plans from './plans.server.ts';

/** A seat that somebody has. */
export type Seat = { guestId: string; tableId: string; number: number; isLocked: boolean };
type Seats = Map<string, Seat>;

/** As many can be taken back. */
const MOST = 100;

/** All seats of a plan as they are now, by guest. */
export async function read(planId: string, tx: Tx): Promise<Seats> {
	const select = { guestId: true, tableId: true, number: true, isLocked: true } as const;
	const found = await tx.seat.findMany({ where: { planId }, select });
	return new Map(found.map((seat) => [seat.guestId, seat]));
}

const isSame = (one?: Seat, other?: Seat) =>
	one?.tableId === other?.tableId && one?.number === other?.number && one?.isLocked === other?.isLocked;

/** Keeps what has become of the seats since `before`; what was taken back cannot be done again after it. */
export async function remember(viewer: Viewer, planId: string, before: Seats, tx: Tx): Promise<void> {
	permit(viewer, 'tables:edit');
	const { weddingId, accountId = null } = viewer;
	const after = await read(planId, tx);
	const changed = new Set(
		[...before.keys(), ...after.keys()].filter((id) => !isSame(before.get(id), after.get(id)))
	);
	if (changed.size === 0) return;
	const of = (seats: Seats) => [...seats.values()].filter(({ guestId }) => changed.has(guestId));
	await tx.seatingChange.deleteMany({ where: { planId, weddingId, isUndone: true } });
	await tx.seatingChange.create({
		data: { planId, weddingId, accountId, before: of(before), after: of(after) }
	});
	await rows(
		'seating-forget',
		`DELETE FROM seating_change WHERE plan_id = $1::uuid AND id NOT IN (
			SELECT id FROM seating_change WHERE plan_id = $1::uuid ORDER BY id DESC LIMIT ${MOST}
		)`,
		[planId],
		tx
	);
}

export type Step = { id: string; names: string[] };

/** The change that would be taken back next, and the one that would be done again, with whom they are about. */
export async function look(
	viewer: Viewer,
	planId: string
): Promise<{ undo: Step | null; redo: Step | null }> {
	permit(viewer, 'tables:read');
	const [undo, redo] = [await find(planId, false, db), await find(planId, true, db)];
	const name = async (change: Awaited<ReturnType<typeof find>>): Promise<Step | null> => {
		if (!change) return null;
		const id = { in: [...new Set(listSeats(change).map(({ guestId }) => guestId))] };
		const guests = await db.guest.findMany({ where: { id, weddingId: viewer.weddingId } });
		return { id: change.id, names: guests.map((guest) => guest.name) };
	};
	return { undo: await name(undo), redo: await name(redo) };
}

/** The newest one that stands; of those that were taken back the last. */
const find = (planId: string, isUndone: boolean, tx: Tx) =>
	tx.seatingChange.findFirst({
		where: { planId, isUndone },
		orderBy: { id: isUndone ? 'asc' : 'desc' }
	});

const listSeats = ({ before, after }: { before: unknown; after: unknown }) => [
	...(before as Seat[]),
	...(after as Seat[])
];

/**
 * Gives back how many stay as they are: somebody has seated them otherwise since, they do not come any more, or their
 * seat has another guest or is gone. Throws 409 when it is not the last change any more.
 */
export function undo(viewer: Viewer, planId: string, id: string): Promise<number> {
	permit(viewer, 'tables:edit');
	return turn(viewer, planId, { id, isUndone: true });
}

/** What was taken back last. Gives back and throws as `undo` does. */
export function redo(viewer: Viewer, planId: string, id: string): Promise<number> {
	permit(viewer, 'tables:edit');
	return turn(viewer, planId, { id, isUndone: false });
}

function turn(viewer: Viewer, planId: string, { id, isUndone }: { id: string; isUndone: boolean }) {
	const { weddingId } = viewer;
	return plans.change(viewer, planId, isUndone ? 'seating.undone' : 'seating.redone', async (plan, tx) => {
		const change = await find(planId, !isUndone, tx);
		if (change?.id !== id) throw new Problem(409, 'seating_since');
		const [from, to] = (isUndone ? [change.after, change.before] : [change.before, change.after]) as [
			Seat[],
			Seat[]
		];
		const ids = [...new Set([...from, ...to].map(({ guestId }) => guestId))];
		await holdHouseholds(viewer, ids, tx);
		const now = await read(planId, tx);
		const was = new Map(from.map((seat) => [seat.guestId, seat]));
		const turning = ids.filter((guestId) => isSame(now.get(guestId), was.get(guestId)));
		const others = ids.length - turning.length;
		await tx.seat.deleteMany({ where: { planId, weddingId, guestId: { in: turning } } });
		const wanted = to.filter(({ guestId }) => turning.includes(guestId));
		const fitting = await fit(viewer, { planId, wanted }, await placed.list(viewer, plan, tx), tx);
		const more = { planId, weddingId, eventId: plan.eventId };
		await tx.seat.createMany({ data: fitting.map((seat) => ({ ...seat, ...more })) });
		await tx.seatingChange.update({ where: { id, weddingId }, data: { isUndone } });
		return others + wanted.length - fitting.length;
	});
}

type Wanted = { planId: string; wanted: Seat[] };

/** Those of the seats that are there and free, of guests who come. */
async function fit(
	{ weddingId }: Viewer,
	{ planId, wanted }: Wanted,
	all: { guestId: string; tableId: string | null; number: number | null }[],
	tx: Tx
): Promise<Seat[]> {
	const tables = await tx.seatingTable.findMany({
		where: { planId, weddingId },
		select: { id: true, seats: true }
	});
	const seats = new Map(tables.map((table) => [table.id, table.seats]));
	const taken = new Set(all.map(({ tableId, number }) => `${tableId}.${number}`));
	const coming = new Set(all.map(({ guestId }) => guestId));
	return wanted.filter(({ guestId, tableId, number }) => {
		const isThere = number <= (seats.get(tableId) ?? 0) && !taken.has(`${tableId}.${number}`);
		return isThere && coming.has(guestId);
	});
}

/** Nobody answers for these meanwhile: who declines has no seat. */
export async function holdHouseholds(viewer: Viewer, guestIds: string[], tx: Tx): Promise<void> {
	permit(viewer, 'tables:edit');
	await rows(
		'seating-hold',
		`SELECT 1 FROM household WHERE wedding_id = $1::uuid
			AND id IN (SELECT household_id FROM guest WHERE id = ANY ($2::uuid[])) ORDER BY id FOR NO KEY UPDATE`,
		[viewer.weddingId, guestIds],
		tx
	);
}
