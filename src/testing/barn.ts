import { db } from '#lib/kernel/db/db.server.ts';
import type { Viewer } from '#lib/kernel/viewer.ts';
import * as households from '#lib/people/households.server.ts';
import { Answers } from '#lib/rsvp/reply.schema.ts';
import * as replies from '#lib/rsvp/replies.server.ts';
import * as placed from '#lib/tables/placed.server.ts';
import * as plans from '#lib/tables/plans.server.ts';
import * as room from '#lib/tables/room.server.ts';
import * as seating from '#lib/tables/seating.server.ts';
import { isSeated } from '#lib/tables/seating.ts';
import { makeDinner } from './dinner.ts';
import { acceptJobs } from './fixtures.ts';

/**
 * A dinner with a plan of two round tables of four, and five guests without a seat: Riet and Wim, who are one household,
 * and Bo, Eva and Ida, who are another one.
 */
export async function makeBarn() {
	await acceptJobs();
	const dinner = await makeDinner();
	const { couple, guest, weddingId, id: eventId } = dinner;
	const guests = ['Bo', 'Eva', 'Ida'].map((name) => ({ name, isChild: name === 'Bo' }));
	const home = await households.add(couple, { name: 'The three', language: 'en', guests });
	const plan = await plans.add(couple, { eventId, name: 'Barn', width: 1200, height: 900 });
	await room.addTables(couple, plan, { shape: 'round', seats: 4, count: 2 });
	const tables = (await room.look(couple, plan)).tables.map(({ id }) => id) as [string, string];
	const found = await db.guest.findMany({ where: { weddingId } });
	const ids = Object.fromEntries(found.map(({ name, id }) => [name, id])) as Record<string, string>;

	/** "Riet 1.2": at which table, in which seat. */
	async function seats(id = plan): Promise<string[]> {
		const all = await placed.list(couple, await plans.get(couple, id));
		const numbers = new Map((await room.look(couple, id)).tables.map((one) => [one.id, one.number]));
		const taken = all.filter(isSeated);
		return taken.map(({ name, tableId, number }) => `${name} ${numbers.get(tableId)}.${number}`).sort();
	}

	function seat(names: string[], table = 0, number?: number) {
		const chosen = names.map((name) => ids[name]!);
		return seating.seat(couple, plan, { guests: chosen, households: [], tableId: tables[table]!, number });
	}

	/** Whom a form is about, and where they sat when it was made. */
	const at = (name: string, table: number, number: number) => ({
		...{ guestId: ids[name]!, from: `${tables[table]}.${number}` }
	});

	/** By their own household. */
	async function says(name: 'Riet' | 'Wim', state: 'yes' | 'no', viewer: Viewer = guest) {
		const { version, song, message } = await replies.getOwn(viewer);
		const said = { [eventId]: { [ids[name]!]: { state } } };
		await replies.answer(viewer, Answers.parse({ version, song, message, replies: said }));
	}

	return { ...dinner, home, plan, tables, ids, seats, seat, at, says };
}
export type Barn = Awaited<ReturnType<typeof makeBarn>>;
