import type { Tx } from '../kernel/db/db.server.ts';
import { Problem } from '../kernel/problem.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import { getLocale } from '../i18n/compiled/runtime.js';
import { isolated } from '../i18n/isolated.ts';
import { enumerate } from '../people/guest.ts';
import * as history from './history.server.ts';
import * as placed from './placed.server.ts';
import type { Plan } from './plan.ts';
import * as plans from './plans.server.ts';
import * as room from './room.server.ts';
import type { RoomTable } from './room.ts';
import { isSeated, listFree, type Placed, placeOf, sitAt, type Taken } from './seating.ts';
import type { Needs, ToMove, ToSeat, ToSwap } from './seating.schema.ts';

type Work = { plan: Plan; tables: RoomTable[]; all: Placed[]; tx: Tx };

/**
 * Gives those who stand a seat: the one that is asked for, else the first free ones in their order. Throws 409 for one
 * who sits already, with where, for one who does not come, and where there is no room.
 */
export function seat(viewer: Viewer, planId: string, asked: ToSeat): Promise<void> {
	permit(viewer, 'tables:edit');
	return alter(viewer, planId, 'seating.seated', async (begin) => {
		const { plan, tables, all, tx } = await begin(asked.guests, asked.households);
		const chosen = new Set(asked.guests);
		const homes = new Set(asked.households);
		const known = new Set(all.map(({ guestId }) => guestId));
		for (const id of chosen) if (!known.has(id)) await refuseAbsent(viewer, id, tx);
		const guests = all.filter(
			(one) => chosen.has(one.guestId) || (homes.has(one.householdId) && !isSeated(one))
		);
		if (guests.length === 0) throw new Problem(409, 'seat_nobody');
		const seated = guests.find(isSeated);
		if (seated) throw new Problem(409, 'guest_seated', sayPlace(seated, tables));
		const numbers = findSeats({ all, tables }, asked, guests.length);
		const { id: tableId } = find(tables, asked.tableId);
		const own = { planId, weddingId: viewer.weddingId, eventId: plan.eventId, tableId };
		const data = guests.map(({ guestId }, n) => ({ ...own, guestId, number: numbers[n]! }));
		await tx.seat.createMany({ data });
		const guestId = { in: guests.map((one) => one.guestId) };
		await tx.freedSeat.deleteMany({ where: { planId, weddingId: viewer.weddingId, guestId } });
	});
}

/**
 * To another seat or table, alone or `together` with those of their household at theirs. Throws 409 for one who does not
 * sit where the form says, or whose seat is locked; and as `seat` does.
 */
export function move(viewer: Viewer, planId: string, asked: ToMove): Promise<void> {
	permit(viewer, 'tables:edit');
	const { weddingId } = viewer;
	return alter(viewer, planId, 'seating.moved', async (begin) => {
		const { plan, tables, all, tx } = await begin([asked.guestId]);
		const one = await expect(viewer, { all, tables, tx }, asked);
		const isThere = one.tableId === asked.tableId;
		if (isThere && (!asked.number || asked.number === one.number)) return;
		const isMate = ({ guestId, householdId, isLocked }: Taken) =>
			guestId !== one.guestId && householdId === one.householdId && !isLocked;
		const going = [one, ...(asked.together && !isThere ? sitAt(all, one.tableId).filter(isMate) : [])];
		const numbers = findSeats({ all, tables }, asked, going.length);
		const guestIds = going.map(({ guestId }) => guestId);
		await tx.seat.deleteMany({ where: { planId, weddingId, guestId: { in: guestIds } } });
		const own = { planId, weddingId, eventId: plan.eventId, tableId: asked.tableId };
		await tx.seat.createMany({
			data: guestIds.map((guestId, n) => ({ ...own, guestId, number: numbers[n]! }))
		});
	});
}

/** Each sits where the other one sat. Throws 409 as `move` does. */
export function swap(viewer: Viewer, planId: string, asked: ToSwap): Promise<void> {
	permit(viewer, 'tables:edit');
	const { weddingId } = viewer;
	return alter(viewer, planId, 'seating.swapped', async (begin) => {
		const { plan, tables, all, tx } = await begin([asked.guestId, asked.otherId]);
		const one = await expect(viewer, { all, tables, tx }, asked);
		const other = all.find(({ guestId }) => guestId === asked.otherId);
		if (!other || !isSeated(other)) throw new Problem(409, 'swap_nobody');
		if (other.isLocked) throw new Problem(409, 'seat_locked', { name: isolated(other.name) });
		const both = { in: [one.guestId, other.guestId] };
		await tx.seat.deleteMany({ where: { planId, weddingId, guestId: both } });
		const put = ({ guestId }: Taken, { tableId, number }: Taken) => ({
			...{ planId, weddingId, eventId: plan.eventId, guestId, tableId, number }
		});
		await tx.seat.createMany({ data: [put(one, other), put(other, one)] });
	});
}

/** They stand again. Throws 409 as `move` does. */
export function free(
	viewer: Viewer,
	planId: string,
	asked: { guestId: string; from: string }
): Promise<void> {
	permit(viewer, 'tables:edit');
	return alter(viewer, planId, 'seating.freed', async (begin) => {
		const { tables, all, tx } = await begin([asked.guestId]);
		const { guestId } = await expect(viewer, { all, tables, tx }, asked);
		await tx.seat.deleteMany({ where: { planId, weddingId: viewer.weddingId, guestId } });
	});
}

/** Whoever sits there stays there until it is unlocked. */
export function lock(viewer: Viewer, planId: string, guestId: string, isLocked: boolean): Promise<void> {
	permit(viewer, 'tables:edit');
	return alter(viewer, planId, isLocked ? 'seating.locked' : 'seating.unlocked', async (begin) => {
		const { tx } = await begin([guestId]);
		const where = { planId, guestId, weddingId: viewer.weddingId };
		const { count } = await tx.seat.updateMany({ where, data: { isLocked } });
		if (!count) throw new Problem(409, 'swap_nobody');
	});
}

/** At every table and in every plan. */
export function setNeeds(viewer: Viewer, planId: string, { guestId, ...needs }: Needs): Promise<void> {
	permit(viewer, 'tables:edit');
	const { weddingId } = viewer;
	return plans.change(viewer, planId, 'seating.needs', async (_, tx) => {
		if (!(await tx.guest.count({ where: { id: guestId, weddingId } })))
			throw new Problem(404, 'guest_not_found');
		await tx.seatingNeed.upsert({
			...{ where: { guestId }, update: needs, create: { ...needs, guestId, weddingId } }
		});
	});
}

type Begin = (guestIds: string[], households?: string[]) => Promise<Work>;

/** A change of seats that can be taken back. `begin` says how things stand, and who is not to answer meanwhile. */
function alter(viewer: Viewer, planId: string, action: string, act: (begin: Begin) => Promise<void>) {
	return plans.change(viewer, planId, action, async (plan, tx) => {
		const before = await history.read(planId, tx);
		await act(async (guestIds, households = []) => {
			const where = { weddingId: viewer.weddingId, householdId: { in: households } };
			const more = households.length ? await tx.guest.findMany({ where, select: { id: true } }) : [];
			await history.holdHouseholds(viewer, [...guestIds, ...more.map(({ id }) => id)], tx);
			const { tables } = await room.look(viewer, planId, tx);
			return { plan, tables, all: await placed.list(viewer, plan, tx), tx };
		});
		await history.remember(viewer, planId, before, tx);
	});
}

function find(tables: RoomTable[], id: string): RoomTable {
	const table = tables.find((one) => one.id === id);
	if (!table) throw new Problem(404, 'table_not_found');
	return table;
}

type Wanted = { tableId: string; number?: number };

/** The numbers of so many seats. */
function findSeats(
	{ all, tables }: Pick<Work, 'all' | 'tables'>,
	{ tableId, number }: Wanted,
	count: number
) {
	const table = find(tables, tableId);
	const taken = sitAt(all, tableId);
	if (number && count === 1) {
		const there = taken.find((one) => one.number === number);
		if (there) throw new Problem(409, 'seat_taken', sayPlace(there, tables));
		if (number > table.seats)
			throw new Problem(409, 'seat_missing', { table: table.number, count: table.seats });
		return [number];
	}
	const free = listFree(table, taken);
	// from the one that is asked for on
	const next = number ? free.filter((one) => one >= number) : free;
	const found = next.length >= count ? next : free;
	if (found.length < count) {
		if (taken.length === 0)
			throw new Problem(409, 'seat_missing', { table: table.number, count: table.seats });
		const names = enumerate(
			taken.map(({ name }) => isolated(name)),
			getLocale()
		);
		throw new Problem(409, 'table_full', { table: table.number, count: found.length, names });
	}
	return found;
}

/** Who sits where the form says. */
async function expect(
	viewer: Viewer,
	{ all, tables, tx }: Pick<Work, 'all' | 'tables' | 'tx'>,
	{ guestId, from }: { guestId: string; from: string }
): Promise<Taken> {
	const one = all.find((guest) => guest.guestId === guestId);
	if (!one) await refuseAbsent(viewer, guestId, tx);
	if (!isSeated(one!)) throw new Problem(409, 'guest_stands', { name: isolated(one!.name) });
	if (placeOf(one) !== from) throw new Problem(409, 'guest_moved', sayPlace(one, tables));
	if (one.isLocked) throw new Problem(409, 'seat_locked', { name: isolated(one.name) });
	return one;
}

async function refuseAbsent({ weddingId }: Viewer, id: string, tx: Tx): Promise<never> {
	const guest = await tx.guest.findUnique({ where: { id, weddingId } });
	if (!guest) throw new Problem(404, 'guest_not_found');
	throw new Problem(409, 'guest_absent', { name: isolated(guest.name) });
}

const sayPlace = ({ name, tableId, number }: Taken, tables: RoomTable[]) => ({
	...{ name: isolated(name), table: find(tables, tableId).number, seat: number }
});
