import { describe, expect, it } from 'vitest';
import { makeRandom } from '../tables/solver/random.ts';
import { type Arrival, countInside, stand } from './arrival.ts';
import { merge } from './merge.ts';

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

describe('two phones', () => {
	/** What they note at random: in, out and in again, and that something was a mistake. */
	function makeFacts(random: () => number): Arrival[] {
		const pick = <Thing>(things: readonly Thing[]) => things[Math.floor(random() * things.length)]!;
		const facts: Arrival[] = [];
		for (let n = 0; n < 40; n++) {
			const id = `${Math.floor(random() * 1e9)}`;
			// often in the same moment
			const at = Math.floor(random() * 20);
			const undoesId = facts.length && random() < 0.3 ? pick(facts).id : null;
			const more = undoesId
				? { kind: 'undo' as const, guestId: null, undoesId }
				: { kind: pick(['in', 'out'] as const), guestId: pick(['riet', 'wim', 'bo']) };
			facts.push(fact(id, { ...more, at }));
		}
		return facts;
	}

	it.each(Array.from({ length: 60 }, (_, seed) => seed))(
		'agree in whatever pieces they hear it (%i)',
		(seed) => {
			const random = makeRandom(seed);
			const facts = makeFacts(random);
			const expected = [...stand(facts, 'dinner')].sort();
			for (let phone = 0; phone < 2; phone++) {
				let known: Arrival[] = [];
				const left = facts.map((one) => ({ one, order: random() })).sort((a, b) => a.order - b.order);
				while (left.length) {
					const piece = left.splice(0, 1 + Math.floor(random() * 8)).map(({ one }) => one);
					known = merge(known, [...piece, ...piece.slice(0, 2)]);
					// something is heard twice
					if (random() < 0.3) known = merge(known, known.slice(0, 3));
				}
				expect([...stand(known, 'dinner')].sort()).toEqual(expected);
				expect(countInside(known, 'dinner')).toBe(countInside(facts, 'dinner'));
			}
		}
	);
});
