import { describe, expect, it } from 'vitest';
import {
	findFaults,
	type Fixture,
	initials,
	layOut,
	measure,
	placeChairs,
	type RoomTable,
	SHAPES
} from './room.ts';
import { FixtureDetails, NewTables, TablePlace } from './plan.schema.ts';

const table = (more: Partial<RoomTable>): RoomTable => ({
	...{ id: '1', number: 1, name: '', shape: 'round', seats: 8, x: 0, y: 0, rotation: 0, isLocked: false },
	...more
});
const room = { width: 1200, height: 900 };

describe('a table', () => {
	it.each(SHAPES)('that is %s has a chair for each seat, none closer than elbows, all around it', (shape) => {
		for (const seats of [1, 2, 3, 7, 8, 13, 30]) {
			const chairs = placeChairs({ shape, seats });
			expect(chairs).toHaveLength(seats);
			const { width, height } = measure({ shape, seats });
			for (const [n, { x, y }] of chairs.entries()) {
				const isOutside =
					shape === 'round'
						? Math.hypot(x, y) > width / 2
						: Math.abs(x) > width / 2 || Math.abs(y) > height / 2;
				expect(isOutside, `${seats}`).toBe(true);
				for (const other of chairs.slice(n + 1))
					expect(Math.hypot(x - other.x, y - other.y), `${seats}`).toBeGreaterThan(55);
			}
		}
	});

	it('of honour has nobody with their back to the room', () => {
		expect(placeChairs({ shape: 'head', seats: 5 }).every(({ y }) => y < 0)).toBe(true);
		expect(placeChairs({ shape: 'long', seats: 5 }).filter(({ y }) => y < 0)).toHaveLength(3);
	});
});

const lake = table({ number: 1, x: 300, y: 300 });
const dance: Fixture = { ...lake, id: 'f', kind: 'dance', width: 200, height: 200, x: 900, y: 300 };

it.each<[string, Partial<RoomTable>, string[]]>([
	['beside the other', { x: 600 }, []],
	['chair to chair', { x: 564 }, []],
	['a chair too close', { x: 540 }, ['overlap 1']],
	['on the dance floor', { x: 850 }, ['overlap f']],
	['through the wall', { x: 300, y: 850 }, ['outside']],
	['far away', { x: -9000, y: 20_000 }, ['outside']],
	['a long one along the wall', { shape: 'long', seats: 10, x: 300, y: 605 }, []],
	[
		'a long one that is turned into the other',
		{ shape: 'long', seats: 10, x: 300, y: 560, rotation: 90 },
		['overlap 1']
	]
])('says of a table %s what is in its way', (_, more, expected) => {
	const { overlaps, outside } = findFaults(
		room,
		[table({ ...lake, ...more, id: '2', number: 2 }), lake],
		[dance]
	);
	const found = [...overlaps.map(([, other]) => `overlap ${other.id}`), ...outside.map(() => 'outside')];
	expect(found).toEqual(expected);
});

describe('tables that are added at once', () => {
	const standing = { tables: [lake], fixtures: [dance] };
	const stand = (places: { x: number; y: number }[], shape: RoomTable['shape']) =>
		places.map((place, n) => table({ ...place, id: `n${n}`, shape }));

	it.each(SHAPES)('stand in nobody’s way where there is room: %s', (shape) => {
		const large = { width: 3000, height: 3000 };
		const places = layOut(large, standing, { shape, seats: 8 }, 12);
		const all = [lake, ...stand(places, shape)];
		expect(findFaults(large, all, [dance])).toEqual({ overlaps: [], outside: [] });
	});

	it('stand below a room that is too small, and not upon each other', () => {
		const places = layOut(room, standing, { shape: 'round', seats: 8 }, 40);
		expect(places).toHaveLength(40);
		const { overlaps, outside } = findFaults(room, [lake, ...stand(places, 'round')], [dance]);
		expect(overlaps).toEqual([]);
		expect(outside.length).toBeGreaterThan(20);
		// and one in which nothing fits
		expect(layOut({ width: 100, height: 100 }, standing, { shape: 'head', seats: 30 }, 3)).toHaveLength(3);
	});

	it('are laid out quickly, 300 of them', () => {
		const began = performance.now();
		const many = stand(
			layOut({ width: 5000, height: 5000 }, standing, { shape: 'round', seats: 8 }, 300),
			'round'
		);
		findFaults({ width: 5000, height: 5000 }, many, []);
		expect(performance.now() - began).toBeLessThan(1500);
	});
});

it.each([
	['Riet de Boer', 'RB'],
	['Élise', 'É'],
	['  سارة  أحمد ', 'سأ'],
	['', '']
])('writes on the chair of %j %j', (name, short) => expect(initials(name)).toBe(short));

describe('a form', () => {
	it.each<[string, object, string]>([
		['a table for nobody', { seats: '0' }, 'table_seats'],
		['a table for 400', { seats: '400' }, 'table_seats'],
		['a table for some', { seats: 'x' }, 'table_seats'],
		['a table for three and a half', { seats: '3.5' }, 'table_seats'],
		['no table', { count: '0' }, 'table_count'],
		['a thousand tables', { count: '1000' }, 'table_count'],
		['a table like a heart', { shape: 'heart' }, 'choose']
	])('refuses %s', (_, more, code) => {
		const typed = { shape: 'round', seats: '8', count: '12', ...more };
		expect(NewTables.safeParse(typed).error?.issues.map(({ message }) => message)).toEqual([code]);
	});

	it('keeps turns within a circle', () => {
		const id = '01900000-0000-7000-8000-000000000000';
		const turned = (rotation: string) => TablePlace.parse({ id, x: '1', y: ' 2 ', rotation });
		expect(turned('-15')).toEqual({ id, x: 1, y: 2, rotation: 345, isLocked: false });
		expect(turned('720').rotation).toBe(0);
		expect(TablePlace.safeParse({ id, x: '999999', y: '', rotation: '0' }).error!.issues).toMatchObject([
			{ path: ['x'], message: 'room_place' },
			{ path: ['y'], message: 'room_place' }
		]);
	});

	it('takes no shape without a size', () => {
		const flat = { kind: 'wall', name: '', x: '0', y: '0', width: '0', height: '10', rotation: '0' };
		expect(FixtureDetails.safeParse(flat).success).toBe(false);
		expect(FixtureDetails.safeParse({ ...flat, width: '500' }).success).toBe(true);
	});
});
