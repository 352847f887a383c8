import { describe, expect, test } from 'vitest';
import { makeParty } from '../../../testing/party.ts';
import { findConflicts, PATIENCE } from './conflict.ts';
import { canHold } from './feasible.ts';
import { buildModel } from './model.ts';
import type { Shape, Side, Sits, Table, Wish } from './seating.ts';

const hall = (seats: number[], shape: Shape = 'round') =>
	seats.map((seats, n): Table => ({ id: `t${n + 1}`, seats, shape, x: n * 400, y: 0 }));
const ALL = 'abcdefghij'.split('');
const guests = ALL.map((id) => ({ id, household: id, tags: id <= 'e' ? ['five'] : [] }));

/** `a together b`, all of them hard. */
const wish = (words: string): Wish => {
	const [one, kind, other] = words.split(' ') as [string, Wish['kind'], string];
	const side = (word: string): Side =>
		word.length === 1 ? { guest: word } : /^t\d$/.test(word) ? { table: word } : { tag: word };
	return { id: words, kind, one: side(one), other: side(other), isHard: true };
};

type Given = { tables?: Table[]; wishes: string[]; sits?: Sits[] };
function conflictsOf({ tables = hall([4, 4, 4]), wishes, sits }: Given): string[][] {
	const model = buildModel({ tables, guests, sits, wishes: wishes.map(wish) });
	return findConflicts(model, { steps: PATIENCE }).map((rules) => rules.map(({ wish }) => wish.id).sort());
}

const NOISE = ['f together g', 'h apart i', 'j at t3', 'f near h', 'g apart j'];

describe('of wishes that cannot all hold the fewest are named:', () => {
	test.for<[string, Given, string[][]]>([
		[
			'a chain and its ends',
			{ wishes: ['a together b', 'b together c', 'a apart c'] },
			[['a apart c', 'a together b', 'b together c']]
		],
		[
			'of a long and a short way round the short one',
			{ wishes: ['a together b', 'b together c', 'c together d', 'a apart d', 'a together d'] },
			[['a apart d', 'a together d']]
		],
		[
			'two tables for one',
			{ wishes: ['a at t1', 'b at t2', 'a together b'] },
			[['a at t1', 'a together b', 'b at t2']]
		],
		['more than a table holds', { wishes: ['five together five'] }, [['five together five']]],
		[
			'more at a table than it has seats',
			{ tables: hall([2, 6, 6]), wishes: ['a at t1', 'b at t1', 'c at t1', 'd at t2'] },
			[['a at t1', 'b at t1', 'c at t1']]
		],
		['more to be apart than there are tables', { wishes: ['five apart five'] }, [['five apart five']]],
		[
			'far from each other in a small room',
			{ tables: hall([5, 5]), wishes: ['a far b', 'b far c', 'a far c'] },
			[['a far b', 'a far c', 'b far c']]
		],
		['near and far', { wishes: ['a near b', 'a far b'] }, [['a far b', 'a near b']]],
		[
			'three beside one',
			{ wishes: ['a beside b', 'a beside c', 'a beside d'] },
			[['a beside b', 'a beside c', 'a beside d']]
		],
		[
			'a circle of three at tables of four',
			{ wishes: ['a beside b', 'b beside c', 'a beside c'] },
			[['a beside b', 'a beside c', 'b beside c']]
		],
		[
			'three in a row at tables with two on a side',
			{ tables: hall([4, 4, 4], 'long'), wishes: ['a beside b', 'b beside c'] },
			[['a beside b', 'b beside c']]
		],
		[
			'parties of three, three and two at two tables for four',
			{
				tables: hall([4, 4]),
				wishes: ['b together c', 'd together e', 'e together f', 'g together h', 'h together i']
			},
			[['b together c', 'd together e', 'e together f', 'g together h', 'h together i']]
		],
		[
			'who is locked',
			{
				wishes: ['a apart b'],
				sits: [
					{ guest: 'a', table: 't1', isLocked: true },
					{ guest: 'b', table: 't1', isLocked: true }
				]
			},
			[['a apart b']]
		],
		[
			'two that have nothing to do with each other',
			{ wishes: ['a together b', 'a apart b', 'c at t1', 'c at t2'] },
			[
				['a apart b', 'a together b'],
				['c at t1', 'c at t2']
			]
		]
	])('%s', ([, given, expected]) => {
		const [first, second] = given.tables
			? [given, given]
			: [given, { ...given, wishes: [...NOISE, ...given.wishes] }];
		expect(conflictsOf(first)).toEqual(expected);
		expect(conflictsOf(second)).toEqual(expected);
	});
});

describe('wishes that can all hold are left alone:', () => {
	test.for<[string, Given]>([
		['none', { wishes: [] }],
		[
			'a circle around a table of its size',
			{ tables: hall([3, 4, 4]), wishes: ['a beside b', 'b beside c', 'a beside c'] }
		],
		['as many apart as there are tables', { tables: hall([2, 2, 2, 2, 2]), wishes: ['five apart five'] }],
		['a table filled to the last seat', { wishes: ['a at t1', 'b at t1', 'c at t1', 'd at t1'] }],
		['both ends of a row', { wishes: ['a beside b', 'a beside c', 'b apart d'] }]
	])('%s', ([, given]) => {
		expect(conflictsOf(given)).toEqual([]);
	});
});

test('of many wishes each set named is a contradiction, and none of it is too much', () => {
	for (const seed of [1, 2]) {
		const party = makeParty({ guests: 60, tables: 8, wishes: 30, seed, isHard: 1 });
		const model = buildModel(party);
		const conflicts = findConflicts(model, { steps: PATIENCE });
		expect(conflicts.length).toBeGreaterThan(0);
		for (const rules of conflicts) {
			const patience = { steps: PATIENCE };
			expect(canHold(model, rules, patience)).toBe(false);
			for (const rule of rules)
				expect(
					canHold(
						model,
						rules.filter((other) => other !== rule),
						patience
					)
				).not.toBe(false);
		}
	}
});

test('it ends when its patience does, with or without an answer', () => {
	const party = makeParty({ guests: 400, tables: 50, wishes: 300, seed: 1, isHard: 1 });
	const patience = { steps: 100_000 };
	findConflicts(buildModel(party), patience);
	expect(patience.steps).toBeGreaterThan(-2_000_000);
});
