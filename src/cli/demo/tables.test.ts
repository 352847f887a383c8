import { expect, it } from 'vitest';
import { findFaults, type Fixture, type RoomTable } from '../../lib/tables/room.ts';
import { FIXTURES, ROOM, TABLES } from './tables.ts';
import { households } from './wedding.ts';

it('the demo’s barn has room for its twelve tables, and each guest sits once', () => {
	const tables = TABLES.map((table, n): RoomTable => {
		return { name: '', ...table, id: String(n), number: n + 1, rotation: 0, isLocked: false };
	});
	const fixtures = FIXTURES.map(([kind, name, x, y, width, height]): Fixture => {
		return { id: name, kind, name, x, y, width, height, rotation: 0 };
	});
	expect(tables).toHaveLength(12);
	expect(findFaults(ROOM, tables, fixtures)).toEqual({ overlaps: [], outside: [] });
	const all = TABLES.flatMap(({ guests }) => guests);
	expect(new Set(all).size).toBe(all.length);
	const known = households.flatMap(({ guests }) => guests.map(({ name }) => name));
	// whom a guest brings along is on no list
	expect(all.filter((name) => !known.includes(name))).toEqual(['Nora Byrne']);
	for (const { guests, seats } of TABLES) expect(guests.length).toBeLessThanOrEqual(seats);
});
