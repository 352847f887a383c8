import { wallTime } from '../../lib/i18n/format.ts';
import { clock, DAY } from '../../lib/kernel/clock.ts';
import { db } from '../../lib/kernel/db/db.server.ts';
import type { Viewer } from '../../lib/kernel/viewer.ts';
import * as placed from '../../lib/tables/placed.server.ts';
import * as plans from '../../lib/tables/plans.server.ts';
import type { NewTables } from '../../lib/tables/plan.schema.ts';
import * as room from '../../lib/tables/room.server.ts';
import type { FixtureKind, Shape } from '../../lib/tables/room.ts';
import * as seating from '../../lib/tables/seating.server.ts';
import * as shown from '../../lib/tables/shown.server.ts';
import type { WishKind } from '../../lib/tables/wish.ts';
import * as wishes from '../../lib/tables/wishes.server.ts';

type Table = { name?: string; shape: Shape; seats: number; x: number; y: number; guests: string[] };

/** The barn: most of those who come or have not said sit, and the rest wait for somebody to try "Seat the rest". */
export const TABLES: Table[] = [
	{
		...{ name: 'The lake', shape: 'round', seats: 8, x: 230, y: 230 },
		guests: ['Riet de Boer', 'Wim de Boer', 'Maria Jansen', 'Jan Jansen', 'Sofie Jansen', 'Tom Jansen']
	},
	{
		...{ name: 'The tram', shape: 'round', seats: 8, x: 560, y: 230 },
		guests: ['Hugo Lindqvist', 'Mei Chen', 'Oliver Grant']
	},
	{
		...{ name: 'The tractor', shape: 'round', seats: 6, x: 890, y: 230 },
		guests: ['Helen Whitaker', 'George Whitaker', 'Poppy Whitaker', 'Arthur Hale']
	},
	{
		...{ name: 'The ladder', shape: 'round', seats: 6, x: 230, y: 600 },
		guests: ['Elif Yılmaz', 'Murat Yılmaz', 'Deniz Yılmaz']
	},
	{
		...{ name: 'The fiddle', shape: 'round', seats: 6, x: 560, y: 600 },
		guests: ['Aoife Byrne', 'Ciarán Byrne', 'Nora Byrne', 'Henk Kuipers', 'Greet Kuipers']
	},
	{
		...{ name: 'The piazza', shape: 'round', seats: 6, x: 890, y: 600 },
		guests: ['Lucia Ferri', 'Paolo Ferri', 'Zoë Laurent', 'Émile Laurent']
	},
	{ shape: 'round', seats: 8, x: 230, y: 970, guests: ['Joris Mulder', 'Femke Mulder', 'Pien Mulder'] },
	{ shape: 'round', seats: 8, x: 560, y: 970, guests: ['Karin Smit', 'Peter Smit', 'Bram Smit'] },
	{ shape: 'round', seats: 6, x: 890, y: 970, guests: [] },
	{
		...{ name: 'Anna & Ben', shape: 'head', seats: 6, x: 1420, y: 640 },
		guests: ['Daniel Okafor', 'Priya Nair', 'Sanne Bakker', 'Lotte Visser']
	},
	{ shape: 'long', seats: 10, x: 1400, y: 1000, guests: ['Cornelia van Dijk'] },
	{ name: 'The band', shape: 'square', seats: 4, x: 1680, y: 300, guests: [] }
];

export const ROOM = { width: 1800, height: 1200 };

export const FIXTURES: [FixtureKind, name: string, x: number, y: number, width: number, height: number][] = [
	['dance', '', 1360, 300, 320, 360],
	['door', '', 900, 1200, 180, 20],
	['other', 'The bar', 1720, 900, 120, 260]
];

/** The first three cannot all hold. */
const WISHES: { one: string; kind: WishKind; other: string; table?: number; isHard?: boolean }[] = [
	{ one: 'Family Jansen', kind: 'together', other: 'The Whitakers', isHard: true },
	{ one: 'The Whitakers', kind: 'together', other: 'Family Yılmaz', isHard: true },
	{ one: 'Family Yılmaz', kind: 'apart', other: 'Family Jansen', isHard: true },
	{ one: 'Cornelia van Dijk', kind: 'far', other: 'The band' },
	{ one: 'Arthur Hale', kind: 'near', other: 'Oma Riet & Opa Wim' },
	{ one: 'The band', kind: 'at', other: '', table: 12 },
	{ one: 'Daniel Okafor', kind: 'beside', other: 'Sanne Bakker' }
];

export async function fill(viewer: Viewer, eventId: string): Promise<void> {
	const planId = await plans.add(viewer, { eventId, name: 'De Veldschuur', ...ROOM });
	for (const [kind, name, x, y, width, height] of FIXTURES)
		await room.addFixture(viewer, planId, { kind, name, x, y, width, height, rotation: 0 });
	const plan = await plans.get(viewer, planId);
	for (const { name = '', guests, ...table } of TABLES) {
		const { shape, seats } = table;
		const alike: NewTables = { shape, seats, count: 1 };
		const [number] = await room.addTables(viewer, planId, alike);
		const { id } = (await room.look(viewer, planId)).tables.find((one) => one.number === number)!;
		const place = { rotation: 0, isLocked: false, letStand: false };
		await room.editTable(viewer, planId, id, { ...table, ...place, number: number!, name });
		const all = await placed.list(viewer, plan);
		// whoever waits for a place has no seat yet
		const found = guests.flatMap((guest) => all.find((one) => one.name === guest)?.guestId ?? []);
		if (found.length) await seating.seat(viewer, planId, { guests: found, households: [], tableId: id });
	}
	for (const { isHard = false, table, ...wish } of WISHES)
		await wishes.add(viewer, planId, { ...wish, isHard, table });
	const chairs = await db.guest.findMany({ where: { weddingId: viewer.weddingId, name: 'Tom Jansen' } });
	for (const { id: guestId } of chairs)
		await seating.setNeeds(viewer, planId, { guestId, highChair: true, wheelchair: false });
	// guests see their own table
	const yesterday = new Date(clock.now().getTime() - DAY * 1000);
	const shownFrom = wallTime(yesterday, 'Europe/Amsterdam');
	await shown.set(viewer, { eventId, shownFrom, areCompanionsShown: true });
	await plans.copy(viewer, planId, 'With the long table in the middle');
}
