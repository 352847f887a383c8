import { measureRoom } from './room.ts';
import type { Guest, Side, Table, Wish } from './seating.ts';

/**
 * A wish about numbers: of guests, tables, and people that sit wrongly. GROUP: all of `one` at one table. APART,
 * DISTANCE: each of `one` with each of `other`, or with each other of `one` where `isAmong`; `isWrong` says of each two
 * tables whether they may not. PLACE: `isWrong` says it of each table.
 */
export type Rule = {
	wish: Wish;
	kind: RuleKind;
	one: Int32Array;
	other: Int32Array;
	isAmong: boolean;
	/** on seats in a row as well */
	isRow: boolean;
	isWrong: Uint8Array;
	/** how many pairs, or people, can be wrong */
	most: number;
};

export const RULE = { GROUP: 0, APART: 1, DISTANCE: 2, PLACE: 3 } as const;
export type RuleKind = (typeof RULE)[keyof typeof RULE];
export type Void = { wish: Wish; why: 'nobody' | 'one_only' | 'no_such_table' };

const NONE = new Uint8Array(0);
const NOBODY = new Int32Array(0);
export const pairsOf = (people: number) => (people * (people - 1)) / 2;

/** Reads wishes by ids as rules by numbers, and says which of them are about nothing. */
export function readWishes(wishes: readonly Wish[], guests: readonly Guest[], tables: readonly Table[]) {
	const people = groupPeople(guests);
	const tableNumbers = new Map(tables.map(({ id }, number) => [id, number]));
	let room: ReturnType<typeof measureRoom> | undefined;
	const distances = (kind: 'near' | 'far') =>
		(room ??= measureRoom(tables))[kind === 'near' ? 'isNotNear' : 'isNotFar'];

	function read(wish: Wish): Rule | Void {
		const named = [wish.one, wish.other].find((side) => 'table' in side);
		if (named) {
			const table = tableNumbers.get(named.table);
			return table === undefined ? { wish, why: 'no_such_table' } : readPlace(wish, table);
		}
		const one = people(wish.one);
		// whoever stands on both sides is on the first: "the Jansens apart from the children"
		const other = subtract(people(wish.other), one);
		const isAmong = isSame(wish.one, wish.other);
		if (one.length === 0 || people(wish.other).length === 0) return { wish, why: 'nobody' };
		if (isAmong ? one.length < 2 : other.length === 0) return { wish, why: 'one_only' };
		// that someone is to be at a place which is a person is to be with them
		if (['together', 'beside', 'at'].includes(wish.kind)) {
			const all = Int32Array.from([...one, ...other]);
			return rule(wish, RULE.GROUP, { one: all, isRow: wish.kind === 'beside', most: pairsOf(all.length) });
		}
		const most = isAmong ? pairsOf(one.length) : one.length * other.length;
		if (wish.kind === 'apart') return rule(wish, RULE.APART, { one, other, isAmong, most });
		const isWrong = distances(wish.kind as 'near' | 'far');
		return rule(wish, RULE.DISTANCE, { one, other, isAmong, isWrong, most });
	}

	function readPlace(wish: Wish, table: number): Rule | Void {
		const sides = [wish.one, wish.other].filter((side) => !('table' in side));
		const one = sides.length > 0 ? people(sides[0]!) : NOBODY;
		if (one.length === 0) return { wish, why: 'nobody' };
		const isWrong = Uint8Array.from({ length: tables.length + 1 }, (_, at) => {
			if (wish.kind === 'near' || wish.kind === 'far')
				return distances(wish.kind)[at * (tables.length + 1) + table]!;
			return (at === table) === (wish.kind === 'apart') ? 1 : 0;
		});
		return rule(wish, RULE.PLACE, { one, isWrong, most: one.length });
	}

	const rules: Rule[] = [];
	const voids: Void[] = [];
	for (const wish of wishes) {
		const given = read(wish);
		if ('kind' in given) rules.push(given);
		else voids.push(given);
	}
	return { rules, voids };
}

type Given = Pick<Rule, 'one' | 'most'> & Partial<Rule>;
const rule = (wish: Wish, kind: RuleKind, given: Given): Rule => ({
	...{ wish, kind, other: NOBODY, isAmong: false, isRow: false, isWrong: NONE },
	...given
});

/** Finds the numbers of a side's guests. */
function groupPeople(guests: readonly Guest[]): (side: Side) => Int32Array {
	const groups = new Map<string, Set<number>>();
	const add = (key: string, guest: number) => groups.set(key, (groups.get(key) ?? new Set()).add(guest));
	for (const [number, { id, household, tags = [] }] of guests.entries()) {
		add(`guest ${id}`, number);
		add(`household ${household}`, number);
		for (const tag of tags) add(`tag ${tag}`, number);
	}
	const none = new Set<number>();
	return (side) => Int32Array.from(groups.get(Object.entries(side)[0]!.join(' ')) ?? none);
}

const isSame = (one: Side, other: Side) =>
	Object.entries(one)[0]!.join(' ') === Object.entries(other)[0]!.join(' ');

function subtract(from: Int32Array, less: Int32Array): Int32Array {
	const without = new Set(less);
	return from.filter((guest) => !without.has(guest));
}
