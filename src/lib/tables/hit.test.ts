import { expect, it } from 'vitest';
import { findPlace, locate } from './hit.ts';
import { MOST_SEATS, placeChairs, type RoomTable, SHAPES } from './room.ts';

const table = (more: Partial<RoomTable>): RoomTable => ({
	...{ id: 'a', number: 1, name: '', shape: 'round', seats: 8, x: 500, y: 400, rotation: 0, isLocked: false },
	...more
});

it.each(SHAPES.flatMap((shape) => [0, 30, 90, 215].map((rotation) => [shape, rotation] as const)))(
	'each seat of a table that is %s and turned by %i degrees is found where it is drawn',
	(shape, rotation) => {
		for (const seats of [1, 2, 7, 12, MOST_SEATS]) {
			const one = table({ shape, rotation, seats });
			const others = [table({ id: 'b', x: 2500 }), one];
			const found = placeChairs(one).map((_, n) => findPlace(others, locate(one, n + 1)));
			expect(found.map((place) => `${place?.table.id} ${place?.number}`)).toEqual(
				Array.from({ length: seats }, (_, n) => `a ${n + 1}`)
			);
			expect(findPlace(others, locate(one))?.table.id).toBe('a');
		}
	}
);

it('beside all tables there is nothing', () => {
	expect(findPlace([table({})], { x: 900, y: 400 })).toBeUndefined();
	expect(findPlace([], { x: 0, y: 0 })).toBeUndefined();
});
