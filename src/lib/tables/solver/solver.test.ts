import { describe, expect, test } from 'vitest';
import type { Seating, Side, Sits, Table, Task, Verdict, Wish } from './seating.ts';
import { seat, seatInSlices } from './solver.ts';

/** In a line, four metres from one to the next. */
const line = (...seats: number[]) =>
	seats.map((seats, n): Table => ({ id: `t${n + 1}`, seats, shape: 'round', x: n * 400, y: 0 }));

/** `a a b`: two of one household and one of another, called a1, a2 and b1. */
function people(households: string, tags: Record<string, string[]> = {}) {
	const count = new Map<string, number>();
	return households.split(' ').map((household) => {
		count.set(household, (count.get(household) ?? 0) + 1);
		const id = `${household}${count.get(household)}`;
		return { id, household, tags: tags[id] ?? [] };
	});
}

function side(word: string): Side {
	if (word.startsWith('#')) return { tag: word.slice(1) };
	if (/^t\d+$/.test(word)) return { table: word };
	return /\d$/.test(word) ? { guest: word } : { household: word };
}

/** `a1 apart b1`, `a1 apart b1!` where it is hard; the words are its id. */
function wish(words: string): Wish {
	const [one, kind, other] = words.replace('!', '').split(' ') as [string, Wish['kind'], string];
	return { id: words, kind, one: side(one), other: side(other), isHard: words.endsWith('!') };
}

const STEPS = 20_000;
const solve = (task: Omit<Task, 'wishes'> & { wishes?: string[] }) =>
	seat({ steps: STEPS, ...task, wishes: (task.wishes ?? []).map(wish) });

const tableOf = ({ places }: Seating, guest: string) => places.find((one) => one.guest === guest)?.table;
const seatOf = ({ places }: Seating, guest: string) => places.find((one) => one.guest === guest)!.seat;
const brokenOf = ({ wishes }: Seating) => wishes.filter(({ state }) => state !== 'holds');

describe('a wish that can hold, holds:', () => {
	const parties = { households: 'a a b b c c d e', tables: line(4, 4, 4, 4) };
	test.for<[string[], (seating: Seating) => boolean]>([
		[['a together b'], (s) => new Set(['a1', 'a2', 'b1', 'b2'].map((id) => tableOf(s, id))).size === 1],
		[['a1 together d1', 'a1 together e1'], (s) => tableOf(s, 'a1') === tableOf(s, 'e1')],
		[['a apart b', 'd1 together a1'], (s) => tableOf(s, 'd1') !== tableOf(s, 'b1')],
		[['a1 apart a2'], (s) => tableOf(s, 'a1') !== tableOf(s, 'a2')],
		[['a1 apart a2!'], (s) => tableOf(s, 'a1') !== tableOf(s, 'a2')],
		[['#loud apart #loud!'], (s) => new Set(['a1', 'b1', 'c1'].map((id) => tableOf(s, id))).size === 3],
		[['a near b', 'a apart b'], (s) => tableOf(s, 'a1') !== tableOf(s, 'b1')],
		[['a far b!'], (s) => distance(s, 'a1', 'b1') > 1],
		[['a at t3'], (s) => tableOf(s, 'a1') === 't3' && tableOf(s, 'a2') === 't3'],
		[['t3 at a'], (s) => tableOf(s, 'a2') === 't3'],
		[['a1 at t1', 'a2 at t2'], (s) => tableOf(s, 'a1') === 't1' && tableOf(s, 'a2') === 't2'],
		[['a apart t1', 'b apart t1', 'c apart t1', 'd1 apart t1'], (s) => tableOf(s, 'd1') !== 't1'],
		[['a far t1!'], (s) => ['t3', 't4'].includes(tableOf(s, 'a1')!)],
		[['a1 beside d1'], (s) => areBeside(s, 'a1', 'd1')],
		[['d1 beside e1!', 'e1 beside c1!'], (s) => areBeside(s, 'd1', 'e1') && areBeside(s, 'e1', 'c1')]
	])('%s', ([wishes, holds]) => {
		const tags = { a1: ['loud'], b1: ['loud'], c1: ['loud'] };
		const seating = solve({ tables: parties.tables, guests: people(parties.households, tags), wishes });
		expect(brokenOf(seating)).toEqual([]);
		expect(seating.score).toBe(0);
		expect(holds(seating)).toBe(true);
	});

	const number = (table = '') => Number(table.slice(1));
	const distance = (s: Seating, a: string, b: string) =>
		Math.abs(number(tableOf(s, a)) - number(tableOf(s, b)));
	const areBeside = (s: Seating, a: string, b: string) =>
		[1, 3].includes(Math.abs(seatOf(s, a) - seatOf(s, b)));
});

test('a household sits together and side by side, unless a wish parts it', () => {
	const guests = people('a a a b b c c c d d e e');
	const seating = solve({ tables: line(6, 6), guests, wishes: ['d1 apart d2!'] });
	expect(tableOf(seating, 'd1')).not.toBe(tableOf(seating, 'd2'));
	// the ten others fill the two tables only as 3 + 2 and 3 + 2
	for (const home of ['a', 'b', 'c', 'e']) {
		const own = seating.places.filter(({ guest }) => guest.startsWith(home));
		expect(new Set(own.map(({ table }) => table)).size).toBe(1);
		const seats = own.map(({ seat }) => seat - 1);
		expect(seats.filter((seat) => !seats.includes((seat + 1) % 6)).length).toBe(1);
	}
});

test('nobody sits at a table of their own while there is company', () => {
	const { places } = solve({ tables: line(8, 8, 8, 8), guests: people('a b c d e f g h i j') });
	const counts = [...Map.groupBy(places, ({ table }) => table).values()].map(({ length }) => length);
	expect(counts.toSorted()).toEqual([5, 5]);
});

describe('of a wish that cannot hold is said why:', () => {
	test.for<[string[], string, Verdict]>([
		[
			['a1 together b1!', 'b1 together c1!', 'a1 apart c1'],
			'a1 apart c1',
			contradicts('a1 together b1!', 'b1 together c1!')
		],
		[['a1 at t1!', 'a1 at t2'], 'a1 at t2', contradicts('a1 at t1!')],
		[['d at t1', 'a at t1!', 'b at t1!'], 'd at t1', contradicts('a at t1!', 'b at t1!')],
		[['#all together #all!'], '#all together #all!', { code: 'too_many', people: 7, seats: 4 }],
		[['#all at t1'], '#all at t1', { code: 'too_many', people: 7, seats: 4 }],
		[
			['a1 beside b1!', 'a1 beside c1!', 'a1 beside d1'],
			'a1 beside d1',
			contradicts('a1 beside b1!', 'a1 beside c1!')
		],
		[['#all far #all'], '#all far #all', { code: 'too_near', tables: expect.any(Array) }]
	] as never)('%s', ([wishes, id, why]) => {
		const guests = people('a a b b c d d').map((guest) => ({ ...guest, tags: ['all'] }));
		const seating = solve({ tables: line(4, 4, 4), guests, wishes });
		expect(brokenOf(seating)).toEqual([{ wish: id, state: 'broken', why }]);
		expect(seating.unseated).toEqual([]);
	});

	test('wishes contradict each other, and others one that holds', () => {
		const wishes = ['a1 together b1!', 'a1 apart b1!', 'c1 at t1!', 'c1 together d1!', 'd1 at t2'];
		const seating = solve({ tables: line(4, 4), guests: people('a b c d'), wishes });
		expect(seating.conflicts).toEqual([['a1 together b1!', 'a1 apart b1!']]);
		const [broken, other] = brokenOf(seating) as Extract<Verdict, { state: 'broken' }>[];
		const against = wishes.slice(0, 2).filter((id) => id !== broken!.wish);
		expect(broken!.why).toEqual(contradicts(...against));
		expect(other).toEqual({
			wish: 'd1 at t2',
			state: 'broken',
			why: contradicts('c1 at t1!', 'c1 together d1!')
		});
	});

	function contradicts(...wishes: string[]) {
		return { code: 'contradicts', wishes };
	}

	test('who is locked', () => {
		const sits: Sits[] = [
			{ guest: 'a1', table: 't1', isLocked: true },
			{ guest: 'b1', table: 't1', isLocked: true }
		];
		const seating = solve({
			tables: line(2, 2),
			guests: people('a b c'),
			sits,
			wishes: ['a1 apart b1!', 'c1 at t1']
		});
		const why = { code: 'fixed', guests: ['a1', 'b1'] };
		expect(brokenOf(seating)).toEqual([
			{ wish: 'a1 apart b1!', state: 'broken', why },
			{ wish: 'c1 at t1', state: 'broken', why }
		]);
		expect(seating.conflicts).toEqual([['a1 apart b1!']]);
	});

	test('nobody is there whom it is about', () => {
		const wishes = ['z1 apart a1', '#none near a1', 'a1 at t9', 'a1 together a1', 'a apart a'];
		const { wishes: verdicts, score } = solve({ tables: line(4), guests: people('a b'), wishes });
		const void_ = (n: number, why: string) => ({ wish: wishes[n], state: 'void', why });
		expect(verdicts).toEqual([
			...[void_(0, 'nobody'), void_(1, 'nobody'), void_(2, 'no_such_table')],
			...[void_(3, 'one_only'), void_(4, 'one_only')]
		]);
		expect(score).toBe(0);
	});
});

describe('who sits already', () => {
	const tables = line(4, 4, 4);
	const guests = people('a a b b c c d d');
	const sits: Sits[] = [
		{ guest: 'a1', table: 't1', seat: 2, isLocked: true },
		{ guest: 'a2', table: 't2', seat: 1 },
		{ guest: 'b1', table: 't3', seat: 4 },
		{ guest: 'gone', table: 't1', seat: 1 }
	];
	const find = ({ places }: Seating, guest: string) => places.find((place) => place.guest === guest);

	test('stays when they are locked, whatever is wished', () => {
		const seating = solve({ tables, guests, sits, wishes: ['a at t3!'] });
		expect(find(seating, 'a1')).toEqual({ guest: 'a1', table: 't1', seat: 2 });
	});

	test('stays while the rest is seated', () => {
		const seating = solve({ tables, guests, sits, mode: 'rest', wishes: ['a together b!'] });
		for (const { guest, table, seat } of sits.slice(0, 3))
			expect(find(seating, guest)).toEqual({ guest, table, seat });
		expect(seating.places.length).toBe(8);
	});

	test('moves when the plan is improved, and only then', () => {
		const seating = solve({ tables, guests, sits, mode: 'improve' });
		expect(tableOf(seating, 'a2')).toBe('t1');
		expect(tableOf(seating, 'b1')).toBe('t3');
		expect(seating.score).toBeLessThan(seating.scoreBefore!);
		const again = solve({ tables, guests, mode: 'improve', sits: seating.places });
		expect(again.places).toEqual(seating.places);
		expect(again.score).toBe(again.scoreBefore);
	});

	test('is let go where there is no such place any more', () => {
		const sits: Sits[] = [
			{ guest: 'a1', table: 't9', isLocked: true },
			{ guest: 'a2', table: 't1', seat: 9, isLocked: true },
			{ guest: 'b1', table: 't1', seat: 1 },
			{ guest: 'b2', table: 't1', seat: 1, isLocked: true },
			{ guest: 'c1', table: 't1' },
			{ guest: 'c2', table: 't1' }
		];
		const seating = solve({ tables: line(4, 4), guests, sits, mode: 'rest' });
		expect(seating.released).toEqual([
			{ guest: 'a1', why: 'no_such_table', table: 't9' },
			{ guest: 'a2', why: 'no_such_seat', table: 't1' },
			{ guest: 'b1', why: 'seat_taken', table: 't1' },
			{ guest: 'c2', why: 'table_full', table: 't1' }
		]);
		expect(seating.places.length).toBe(8);
		expect(find(seating, 'b2')).toEqual({ guest: 'b2', table: 't1', seat: 1 });
	});
});

describe('of bad input', () => {
	test('a table without seats stays empty, one of 400 takes everybody', () => {
		const guests = people(Array.from({ length: 300 }, (_, n) => `h${n >> 1}`).join(' '));
		const { places, unseated } = solve({ tables: line(0, 400, -3, NaN), guests, steps: 1000 });
		expect(new Set(places.map(({ table }) => table))).toEqual(new Set(['t2']));
		expect(new Set(places.map(({ seat }) => seat)).size).toBe(300);
		expect(unseated).toEqual([]);
	});

	test('whoever finds no seat is said, household by household', () => {
		const { places, unseated } = solve({ tables: line(2, 2), guests: people('a a b b c c') });
		expect(places.length).toBe(4);
		expect(unseated.map(({ why }) => why)).toEqual(['no_seat_left', 'no_seat_left']);
		expect(unseated[0]!.guest[0]).toBe(unseated[1]!.guest[0]);
	});

	test.for<[string, Partial<Task>]>([
		['no tables', { tables: [] }],
		['no guests', { guests: [] }],
		['neither', { tables: [], guests: [] }],
		['no steps', { steps: 0 }],
		['negative steps', { steps: -5 }],
		['a guest twice', { guests: [...people('a b'), ...people('a')] }]
	])('%s', ([, given]) => {
		const seating = seat({
			tables: line(4, 4),
			guests: people('a a b'),
			wishes: [wish('a1 far b1!')],
			...given
		});
		expect(new Set(seating.places.map(({ guest }) => guest)).size).toBe(seating.places.length);
	});
});

describe('seating in slices', () => {
	const task: Task = { tables: line(8, 8, 8, 8), guests: people('a a b b c c d d e f g h'), steps: 200_000 };

	test('says how far it is, and ends with what it has when it is told to', () => {
		const slices = seatInSlices(task);
		const first = slices.next();
		expect(first).toMatchObject({ done: false, value: { share: 0.2, score: 0 } });
		expect(slices.next(true)).toMatchObject({ done: true, value: { ended: 'stopped', steps: 40_000 } });
	});

	test('ends when its time is over', () => {
		expect(seat({ ...task, milliseconds: 0 })).toMatchObject({ ended: 'time', steps: 40_000, score: 0 });
	});
});
