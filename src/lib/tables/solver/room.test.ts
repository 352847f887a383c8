import { expect, test } from 'vitest';
import { followSeats, longestRow, measureRoom, placeSeats } from './room.ts';
import type { Shape, Table } from './seating.ts';

const table = (shape: Shape, seats: number, x = 0, rotation = 0): Table => ({
	...{ id: `${shape} ${x}`, seats, shape, x, y: 0, rotation }
});

test.for<[Shape, number, number[], number]>([
	['round', 4, [1, 2, 3, 0], 4],
	['square', 4, [1, 2, 3, 0], 4],
	['head', 4, [1, 2, 3, -1], 4],
	['long', 5, [1, 2, -1, 4, -1], 3],
	['long', 1, [-1], 1],
	['round', 2, [1, -1], 2],
	['round', 1, [-1], 1],
	['round', 0, [], 0]
])('at a %s table of %i each seat has the next one', ([shape, seats, next, longest]) => {
	expect([...followSeats(table(shape, seats))]).toEqual(next);
	expect(longestRow(table(shape, seats))).toBe(longest);
});

test.for<Shape>(['round', 'square', 'long', 'head'])(
	'at a %s table no two chairs are in each other’s way',
	(shape) => {
		for (const seats of [1, 2, 3, 7, 8, 20]) {
			const chairs = placeSeats(table(shape, seats, 500, 30));
			expect(chairs.length).toBe(seats);
			for (const [n, { x, y }] of chairs.entries())
				for (const other of chairs.slice(0, n))
					expect(Math.hypot(x - other.x, y - other.y)).toBeGreaterThan(45);
		}
	}
);

test('a table turned by a quarter has its first seat to the right', () => {
	const [first] = placeSeats(table('round', 8, 0, 90));
	expect(first!.x).toBeGreaterThan(80);
	expect(first!.y).toBeCloseTo(0);
});

test('the closest table is near however far it is, and half of a small room is far', () => {
	const tables = [table('round', 8, 0), table('round', 8, 2000), table('round', 8, 2400)];
	const { isNotNear, isNotFar } = measureRoom(tables);
	const width = tables.length + 1;
	const near = (one: number, other: number) => isNotNear[one * width + other] === 0;
	const far = (one: number, other: number) => isNotFar[one * width + other] === 0;
	expect([near(0, 0), near(0, 1), near(0, 2), near(1, 2)]).toEqual([true, true, false, true]);
	expect([far(0, 0), far(0, 1), far(1, 2)]).toEqual([false, true, false]);
});
