import { beforeEach, describe, expect, it } from 'vitest';
import { type Barn, makeBarn } from '../../testing/barn.ts';
import { db } from '../kernel/db/db.server.ts';
import * as households from '../people/households.server.ts';
import * as invited from '../rsvp/invited.server.ts';
import * as freed from './freed.server.ts';
import * as history from './history.server.ts';
import * as overview from './overview.server.ts';
import * as placed from './placed.server.ts';
import * as plans from './plans.server.ts';
import * as room from './room.server.ts';
import * as seating from './seating.server.ts';
import { listStanding } from './seating.ts';

let barn: Barn;
beforeEach(async () => void (barn = await makeBarn()));

describe('a seat', () => {
	it('is given to one, to a whole household, and to those who have not answered; it is moved, swapped, freed', async () => {
		const { couple } = barn;
		await barn.seat(['Riet'], 0, 3);
		await seating.seat(couple, barn.plan, { guests: [], households: [barn.home], tableId: barn.tables[0] });
		expect(await barn.seats()).toEqual(['Bo 1.1', 'Eva 1.2', 'Ida 1.4', 'Riet 1.3']);
		await seating.move(couple, barn.plan, {
			...{ ...barn.at('Riet', 0, 3), tableId: barn.tables[1], together: false }
		});
		await seating.swap(couple, barn.plan, { ...barn.at('Riet', 1, 1), otherId: barn.ids.Bo! });
		await seating.free(couple, barn.plan, barn.at('Eva', 0, 2));
		expect(await barn.seats()).toEqual(['Bo 2.1', 'Ida 1.4', 'Riet 1.1']);
		const all = await placed.list(couple, await plans.get(couple, barn.plan));
		expect(listStanding(all, 'éVA')).toMatchObject([{ name: 'The three', guests: [{ name: 'Eva' }] }]);
		expect(listStanding(all, 'three').flatMap(({ guests }) => guests)).toHaveLength(1);
	});

	it('is left by a household together, where there is room for all of it', async () => {
		const move = (together: boolean) =>
			seating.move(barn.couple, barn.plan, { ...barn.at('Eva', 0, 3), tableId: barn.tables[1], together });
		await barn.seat(['Bo', 'Ida', 'Eva', 'Riet'], 0);
		await barn.seat(['Wim'], 1, 2);
		await seating.lock(barn.couple, barn.plan, barn.ids.Bo!, true);
		const eva = (await barn.seats()).find((seat) => seat.startsWith('Eva'))!.split('.')[1];
		await seating.move(barn.couple, barn.plan, {
			...{ ...barn.at('Eva', 0, Number(eva)), tableId: barn.tables[1], number: 3, together: true }
		});
		expect((await barn.seats()).filter((seat) => seat.includes(' 2.'))).toEqual([
			'Eva 2.3',
			'Ida 2.4',
			'Wim 2.2'
		]);
		await expect(move(true)).rejects.toMatchObject({ code: 'guest_moved' });
	});

	it('is for one: the second of two who choose at once is told who has it', async () => {
		const both = await Promise.allSettled([barn.seat(['Riet'], 0, 1), barn.seat(['Wim'], 0, 1)]);
		expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
		const same = await Promise.allSettled([barn.seat(['Bo'], 0, 2), barn.seat(['Bo'], 1, 2)]);
		const refused = same.find(({ status }) => status === 'rejected') as PromiseRejectedResult;
		expect(refused.reason).toMatchObject({
			status: 409,
			code: 'guest_seated',
			params: { name: 'Bo', seat: 2 }
		});
		expect(await barn.seats()).toHaveLength(2);
	});

	it.each<[string, () => Promise<unknown>, object]>([
		[
			'somebody has',
			() => barn.seat(['Wim'], 0, 1),
			{ code: 'seat_taken', params: { name: 'Riet', seat: 1, table: 1 } }
		],
		[
			'is not there',
			() => barn.seat(['Wim'], 0, 5),
			{ code: 'seat_missing', params: { table: 1, count: 4 } }
		],
		['is for nobody', () => barn.seat([]), { code: 'seat_nobody' }],
		[
			'is for whom nobody knows',
			() => seating.free(barn.couple, barn.plan, { ...barn.at('Riet', 0, 1), guestId: barn.home }),
			{ status: 404 }
		],
		[
			'is one too few',
			() => barn.seat(['Wim', 'Bo', 'Eva', 'Ida']),
			{ code: 'table_full', params: { count: 3, names: 'Riet' } }
		],
		[
			'is two too few',
			async () => {
				await db.seatingTable.update({ where: { id: barn.tables[1] }, data: { seats: 1 } });
				await barn.seat(['Wim', 'Bo'], 1);
			},
			{ code: 'seat_missing' }
		],
		[
			'was elsewhere',
			() =>
				seating.move(barn.couple, barn.plan, {
					...{ ...barn.at('Riet', 0, 2), tableId: barn.tables[1], together: false }
				}),
			{ code: 'guest_moved' }
		],
		[
			'is free already',
			() => seating.free(barn.couple, barn.plan, barn.at('Wim', 0, 2)),
			{ code: 'guest_stands' }
		],
		[
			'is locked',
			async () => {
				await seating.lock(barn.couple, barn.plan, barn.ids.Riet!, true);
				await seating.move(barn.couple, barn.plan, {
					...{ ...barn.at('Riet', 0, 1), tableId: barn.tables[1], together: false }
				});
			},
			{ code: 'seat_locked' }
		],
		[
			'stands',
			() => seating.swap(barn.couple, barn.plan, { ...barn.at('Riet', 0, 1), otherId: barn.ids.Wim! }),
			{ code: 'swap_nobody' }
		],
		[
			'is at a table that is gone',
			() =>
				seating.seat(barn.couple, barn.plan, { guests: [barn.ids.Wim!], households: [], tableId: barn.home }),
			{ status: 404 }
		]
	])('that %s is refused', async (_, act, problem) => {
		await barn.seat(['Riet'], 0, 1);
		await expect(act()).rejects.toMatchObject(problem);
		expect(await barn.seats()).toEqual(['Riet 1.1']);
	});

	it('is taken back and given again, but to nobody who has moved since', async () => {
		const { couple } = barn;
		await barn.seat(['Riet', 'Wim']);
		await seating.free(couple, barn.plan, barn.at('Riet', 0, 1));
		const { undo, redo } = await history.look(couple, barn.plan);
		expect([undo?.names, redo]).toEqual([['Riet'], null]);
		expect(await history.undo(couple, barn.plan, undo!.id)).toBe(0);
		expect(await barn.seats()).toEqual(['Riet 1.1', 'Wim 1.2']);
		await expect(history.undo(couple, barn.plan, undo!.id)).rejects.toMatchObject({ code: 'seating_since' });
		const again = await history.look(couple, barn.plan);
		expect(again.redo?.id).toBe(undo!.id);
		expect(await history.undo(couple, barn.plan, again.undo!.id)).toBe(0);
		expect(await barn.seats()).toEqual([]);
		expect(await history.redo(couple, barn.plan, again.undo!.id)).toBe(0);
		// what is taken back cannot be done again after something else
		await barn.seat(['Bo']);
		expect((await history.look(couple, barn.plan)).redo).toBeNull();
		// who has declined since stays away
		await barn.says('Wim', 'no');
		const last = (await history.look(couple, barn.plan)).undo!;
		await history.undo(couple, barn.plan, last.id);
		const first = (await history.look(couple, barn.plan)).undo!;
		expect(await history.undo(couple, barn.plan, first.id)).toBe(1);
		expect(await history.redo(couple, barn.plan, first.id)).toBe(1);
		expect(await barn.seats()).toEqual(['Riet 1.1']);
	});
});

describe('a table', () => {
	const details = { number: 1, name: '', shape: 'round' as const, x: 1, y: 2, rotation: 3, isLocked: false };

	it('that is made smaller than its guests, or removed, says who sits there, or they stand', async () => {
		const { couple } = barn;
		await barn.seat(['Riet']);
		await barn.seat(['Wim', 'Bo'], 0, 3);
		const smaller = { ...details, seats: 2, letStand: false };
		const refusal = { code: 'table_taken', params: { names: 'Riet, Wim and Bo', count: 3, table: 1 } };
		await expect(room.editTable(couple, barn.plan, barn.tables[0], smaller)).rejects.toMatchObject(refusal);
		await expect(room.removeTable(couple, barn.plan, barn.tables[0], false)).rejects.toMatchObject(refusal);
		// there is a chair for everybody: the last ones move up
		await room.editTable(couple, barn.plan, barn.tables[0], { ...smaller, seats: 3 });
		expect(await barn.seats()).toEqual(['Bo 1.2', 'Riet 1.1', 'Wim 1.3']);
		await room.editTable(couple, barn.plan, barn.tables[0], { ...smaller, letStand: true });
		expect(await barn.seats()).toEqual(['Bo 1.2', 'Riet 1.1']);
		expect(await room.removeTable(couple, barn.plan, barn.tables[0], true)).toBe(1);
		expect(await barn.seats()).toEqual([]);
		// there is no table to put them back to
		const { undo } = await history.look(couple, barn.plan);
		expect(await history.undo(couple, barn.plan, undo!.id)).toBe(2);
	});

	it('has a number of its own, stays where it is while it is locked, and is of one plan', async () => {
		const { couple } = barn;
		const taken = { ...details, number: 2, seats: 4, letStand: false };
		await expect(room.editTable(couple, barn.plan, barn.tables[0], taken)).rejects.toMatchObject({
			code: 'table_number'
		});
		const place = { id: barn.tables[0], x: 50, y: 60, rotation: 30, isLocked: true };
		await room.place(couple, barn.plan, place);
		await expect(room.place(couple, barn.plan, { ...place, x: 70 })).rejects.toMatchObject({
			code: 'table_locked'
		});
		await room.place(couple, barn.plan, { ...place, x: 70, isLocked: false });
		expect(await room.getTable(couple, barn.plan, barn.tables[0])).toMatchObject({ x: 70, rotation: 30 });
		const copy = await plans.copy(couple, barn.plan, 'Other');
		await expect(room.getTable(couple, copy, barn.tables[0])).rejects.toMatchObject({ status: 404 });
		await expect(
			room.addTables(couple, barn.plan, { shape: 'round', seats: 4, count: 299 })
		).rejects.toMatchObject({ code: 'tables_many' });
	});
});

describe('who declines', () => {
	it('has no seat any more, which the couple reads; who comes after all waits for one', async () => {
		const { couple } = barn;
		await barn.says('Riet', 'yes');
		await barn.seat(['Riet', 'Wim'], 1);
		const copy = await plans.copy(couple, barn.plan, 'Other');
		const before = await plans.version(couple);
		await barn.says('Riet', 'no');
		expect([await barn.seats(), await barn.seats(copy)]).toEqual([['Wim 2.2'], ['Wim 2.2']]);
		expect(await plans.version(couple)).not.toBe(before);
		expect(await freed.list(couple, barn.plan)).toMatchObject([{ name: 'Riet', tableNumber: 2 }]);
		expect((await overview.look(couple)).tasks).toMatchObject([{ why: "Can't come after all: Riet." }]);
		await expect(barn.seat(['Riet'])).rejects.toMatchObject({
			code: 'guest_absent',
			params: { name: 'Riet' }
		});
		await barn.says('Riet', 'yes');
		expect(await freed.list(couple, barn.plan)).toEqual([]);
		const all = await placed.list(couple, await plans.get(couple, barn.plan));
		expect(listStanding(all, 'riet')).toMatchObject([{ guests: [{ name: 'Riet', said: 'yes' }] }]);
		await barn.says('Riet', 'no');
		await freed.dismiss(couple, barn.plan);
		expect((await overview.look(couple)).tasks).toEqual([]);
	});

	it('while they are being seated has a seat or has declined, never both', async () => {
		await Promise.allSettled([barn.seat(['Riet']), barn.says('Riet', 'no')]);
		expect(await barn.seats()).toEqual([]);
	});

	it('or is not asked any more, or is removed, has none; who moves keeps theirs', async () => {
		const { couple, household } = barn;
		await barn.seat(['Riet', 'Wim', 'Bo', 'Eva']);
		await db.guest.update({ where: { id: barn.ids.Bo! }, data: { householdId: household.id } });
		expect(await barn.seats()).toContain('Bo 1.3');
		await invited.select(couple, barn.id, { households: [barn.home], isAsked: false });
		expect(await barn.seats()).toEqual(['Bo 1.3', 'Riet 1.1', 'Wim 1.2']);
		await households.remove(couple, household.id);
		expect(await barn.seats()).toEqual([]);
		await db.event.delete({ where: { id: barn.id } });
		expect(await db.plan.count({ where: { weddingId: barn.weddingId } })).toBe(0);
	});
});
