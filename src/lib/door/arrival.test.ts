import { describe, expect, it } from 'vitest';
import { type Arrival, countInside, stand } from './arrival.ts';

const fact = (id: string, more: Partial<Arrival> = {}): Arrival => ({
	...{ id, eventId: 'dinner', kind: 'in', guestId: 'riet', walkInId: null, walkInName: '' },
	...{ undoesId: null, at: 1000 },
	...more
});
const inside = (...facts: Arrival[]) => countInside(facts, 'dinner');

describe('who is inside', () => {
	it.each<[string, Arrival[], number]>([
		['nobody, as long as nobody came', [], 0],
		['who came', [fact('a')], 1],
		['who came in at two doors, once', [fact('a'), fact('b', { at: 2000 })], 1],
		['not who went', [fact('a'), fact('b', { kind: 'out', at: 2000 })], 0],
		[
			'who went and came back, at another door',
			[fact('a'), fact('b', { kind: 'out', at: 2000 }), fact('c', { at: 3000 })],
			1
		],
		['not who was ticked by mistake', [fact('a'), fact('b', { kind: 'undo', undoesId: 'a', at: 2000 })], 0],
		[
			'who was ticked at two doors, of which one took it back',
			[fact('a'), fact('b'), fact('c', { kind: 'undo', undoesId: 'b', at: 2000 })],
			1
		],
		[
			'who was ticked, where taking it back was taken back',
			[fact('a'), fact('b', { kind: 'undo', undoesId: 'a' }), fact('c', { kind: 'undo', undoesId: 'b' })],
			1
		],
		['not who is at another event', [fact('a', { eventId: 'party' })], 0],
		[
			'somebody who is not on the list, by themselves',
			[fact('a'), fact('b', { guestId: null, walkInId: 'w', walkInName: 'A cousin' })],
			2
		],
		[
			'nobody for two that take each other back',
			[
				fact('a', { kind: 'undo', undoesId: 'b' }),
				fact('b', { kind: 'undo', undoesId: 'a' }),
				fact('c', { kind: 'out' })
			],
			0
		]
	])('%s', (_, facts, expected) => {
		expect(inside(...facts)).toBe(expected);
	});

	it('is the same in whatever order it is heard of, and heard of twice', () => {
		const facts = [
			fact('a'),
			fact('b', { kind: 'out', at: 1000 }),
			fact('c', { guestId: 'wim', at: 500 }),
			fact('d', { kind: 'undo', undoesId: 'b', at: 3000 }),
			fact('e', { guestId: 'wim', kind: 'out', at: 700 })
		];
		const expected = [...stand(facts, 'dinner')].sort();
		for (let turn = 0; turn < facts.length; turn++) {
			const turned = [...facts.slice(turn), ...facts.slice(0, turn), ...facts];
			expect([...stand(turned, 'dinner')].sort()).toEqual(expected);
			expect([...stand(turned.reverse(), 'dinner')].sort()).toEqual(expected);
		}
		expect(inside(...facts)).toBe(1);
	});
});
