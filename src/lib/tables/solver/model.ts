import { countSeats } from './room.ts';
import type { Guest, Release, Sits, Table, Task, Wish } from './seating.ts';
import { readWishes, RULE, type Rule, type Void } from './sides.ts';

/** Lists of numbers, one for each number: those of `n` are from `from[n]` to before `from[n + 1]`. */
export type Lists = { from: Int32Array; items: Int32Array };

/** A task in numbers: guests and tables by their place in the list, and one table more for who does not sit. */
export type Model = {
	guests: readonly Guest[];
	tables: readonly Table[];
	/** that of who does not sit */
	nowhere: number;
	/** of each table; nowhere, as many as are more than there are chairs */
	seats: Int32Array;
	wishes: readonly Wish[];
	rules: Rule[];
	voids: Void[];
	/** of each guest, the rules about them, twice the number and one more where they are on the second side */
	ruled: Lists;
	/** where they stay, −1 where they need not */
	fixedTable: Int32Array;
	fixedSeat: Int32Array;
	/** where they sit before, to begin with, −1 for nowhere yet */
	startTable: Int32Array;
	startSeat: Int32Array;
	isImproving: boolean;
	household: Int32Array;
	/** of each guest, those of their household from whom nothing parts them */
	mates: Lists;
	/** of each household, how many such pairs */
	pairs: Int32Array;
	released: Release[];
};

export function buildModel(task: Task): Model {
	const { tables, mode = 'everybody', wishes = [] } = task;
	const guests = [...new Map(task.guests.map((guest) => [guest.id, guest])).values()];
	const { rules, voids } = readWishes(wishes, guests, tables);
	const numbers = new Map<string, number>();
	for (const { household } of guests) if (!numbers.has(household)) numbers.set(household, numbers.size);
	const household = Int32Array.from(guests, (guest) => numbers.get(guest.household)!);
	const households = invert(household, numbers.size);
	const given = readPlaces(guests, tables, task.sits ?? []);
	const stays = (sits: Sits | undefined) => sits && (mode === 'rest' || sits.isLocked);
	const known = given.sits;
	const fix = (list: Int32Array) => list.map((value, guest) => (stays(known[guest]) ? value : -1));
	const [startTable, startSeat] =
		mode === 'everybody' ? [fix(given.table), fix(given.seat)] : [given.table, given.seat];
	const seats = Int32Array.from([...tables.map(countSeats), 0]);
	seats[tables.length] = Math.max(0, guests.length - seats.reduce((sum, more) => sum + more, 0));
	const ruled = listRules(rules, guests.length);
	const mates = listMates({ household, households, rules, ruled });
	const ends = new Int32Array(numbers.size);
	for (const [guest, home] of household.entries()) ends[home]! += mates.from[guest + 1]! - mates.from[guest]!;
	return {
		...{ guests, tables, nowhere: tables.length, seats, wishes, rules, voids, ruled, household, mates },
		pairs: ends.map((both) => both / 2),
		...{ fixedTable: fix(given.table), fixedSeat: fix(given.seat), startTable, startSeat },
		...{ isImproving: mode === 'improve', released: given.released }
	};
}

export function makeLists(lists: readonly (readonly number[])[]): Lists {
	const from = new Int32Array(lists.length + 1);
	for (const [number, list] of lists.entries()) from[number + 1] = from[number]! + list.length;
	return { from, items: Int32Array.from(lists.flat()) };
}

function invert(groupOf: Int32Array, groups: number): Lists {
	const lists = Array.from({ length: groups }, (): number[] => []);
	for (const [number, group] of groupOf.entries()) lists[group]!.push(number);
	return makeLists(lists);
}

/** Takes who sits where at its word, as far as there is such a place: of two at one, the locked one, then the first. */
function readPlaces(guests: readonly Guest[], tables: readonly Table[], sits: readonly Sits[]) {
	const guestNumbers = new Map(guests.map(({ id }, number) => [id, number]));
	const tableNumbers = new Map(tables.map(({ id }, number) => [id, number]));
	const table = new Int32Array(guests.length).fill(-1);
	const seat = new Int32Array(guests.length).fill(-1);
	const known: (Sits | undefined)[] = [];
	const released: Release[] = [];
	const room = tables.map(countSeats);
	const taken = new Set<string>();
	for (const sitting of sits.toSorted((a, b) => Number(b.isLocked ?? false) - Number(a.isLocked ?? false))) {
		const guest = guestNumbers.get(sitting.guest);
		if (guest === undefined || known[guest]) continue;
		const release = (why: Release['why']) =>
			released.push({ guest: sitting.guest, why, table: sitting.table });
		const at = tableNumbers.get(sitting.table);
		if (at === undefined) {
			release('no_such_table');
			continue;
		}
		if (room[at]! === 0) {
			release('table_full');
			continue;
		}
		room[at]!--;
		table[guest] = at;
		known[guest] = sitting;
		if (sitting.seat === undefined) continue;
		const isThere =
			Number.isInteger(sitting.seat) && sitting.seat > 0 && sitting.seat <= countSeats(tables[at]!);
		if (!isThere) release('no_such_seat');
		else if (taken.has(`${at} ${sitting.seat}`)) release('seat_taken');
		else {
			taken.add(`${at} ${sitting.seat}`);
			seat[guest] = sitting.seat - 1;
		}
	}
	return { table, seat, sits: known, released };
}

function listRules(rules: readonly Rule[], guests: number): Lists {
	const lists = Array.from({ length: guests }, (): number[] => []);
	for (const [number, { one, other }] of rules.entries()) {
		for (const guest of one) lists[guest]!.push(2 * number);
		for (const guest of other) lists[guest]!.push(2 * number + 1);
	}
	return makeLists(lists);
}

/** A household sits together, but for two of it that a wish wants apart, or at two tables. */
function listMates(model: Pick<Model, 'household' | 'rules' | 'ruled'> & { households: Lists }): Lists {
	const { household, households, rules, ruled } = model;
	const rulesOf = (guest: number) => ruled.items.subarray(ruled.from[guest], ruled.from[guest + 1]);

	function isParted(one: number, other: number): boolean {
		const others = new Set(rulesOf(other));
		const places = rulesOf(other).filter((entry) => rules[entry >> 1]!.kind === RULE.PLACE);
		return rulesOf(one).some((entry) => {
			const { kind, wish, isAmong, isWrong } = rules[entry >> 1]!;
			if (kind === RULE.PLACE) return places.some((place) => !canMeet(isWrong, rules[place >> 1]!.isWrong));
			const isParting = kind === RULE.APART || (kind === RULE.DISTANCE && wish.kind === 'far');
			return isParting && others.has(isAmong ? entry : entry ^ 1);
		});
	}

	return makeLists(
		Array.from(household, (home, guest) =>
			[...households.items.subarray(households.from[home], households.from[home + 1])].filter(
				(mate) => mate !== guest && !isParted(guest, mate)
			)
		)
	);
}

const canMeet = (one: Uint8Array, other: Uint8Array) =>
	one.some((isWrong, table) => !isWrong && !other[table]);
