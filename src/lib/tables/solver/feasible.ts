import { Unions } from './begin.ts';
import type { Model } from './model.ts';
import { followSeats, isRing, longestRow } from './room.ts';
import { RULE, type Rule } from './sides.ts';

/** How often a party may still be asked about a table: what is asked of many wishes ends in time, even if without an answer. */
export type Patience = { steps: number };
const MOST_EACH = 1_000_000;

/** People who sit at one table, whichever it is. */
type Party = { people: number[]; need: number; mayAt: Uint8Array; size: number };
type Bond = { one: number; other: number; isWrong: Uint8Array };

/** Whether all of these can hold at once, with who stays where they are: `undefined` when that was too hard to say. */
export function canHold(model: Model, rules: readonly Rule[], patience: Patience): boolean | undefined {
	patience.steps -= 100 + rules.length;
	if (patience.steps < 0) return undefined;
	const parties = gatherParties(model, rules);
	const partyOf = new Map(parties.flatMap(({ people }, party) => people.map((guest) => [guest, party])));
	const bonds: Bond[] = [];
	const width = model.nowhere + 1;
	for (const { kind, one, other, isAmong, isWrong } of rules) {
		if (kind === RULE.PLACE)
			for (const guest of one) forbid(parties[partyOf.get(guest)!]!, (table) => isWrong[table] === 1);
		if (kind !== RULE.APART && kind !== RULE.DISTANCE) continue;
		// as many pairs as there are, each much quicker than a table is tried
		patience.steps -= (one.length * (isAmong ? one : other).length) >> 3;
		const seen = new Set<number>();
		for (const a of one)
			for (const b of isAmong ? one : other) {
				if (isAmong && b <= a) continue;
				const [mine, theirs] = [partyOf.get(a)!, partyOf.get(b)!];
				const isParted = kind === RULE.APART || isWrong[0] === 1;
				if (mine === theirs && isParted) return false;
				if (mine === theirs || seen.has(mine * parties.length + theirs)) continue;
				seen.add(mine * parties.length + theirs);
				bonds.push({ one: mine, other: theirs, isWrong: kind === RULE.APART ? equal(width) : isWrong });
			}
	}
	if (!canBeRows(model, rules, (guest) => parties[partyOf.get(guest)!]!)) return false;
	return new Seeking(model, parties, bonds).find(patience);
}

const sames = new Map<number, Uint8Array>();
/** Wrong at the same table, and at no other. */
function equal(width: number): Uint8Array {
	if (!sames.has(width))
		sames.set(
			width,
			Uint8Array.from({ length: width * width }, (_, n) =>
				((n / width) | 0) === n % width && n % width < width - 1 ? 1 : 0
			)
		);
	return sames.get(width)!;
}

function forbid({ mayAt }: Party, isForbidden: (table: number) => boolean): void {
	for (const table of mayAt.keys()) if (isForbidden(table)) mayAt[table] = 0;
}

/** All whom the wishes are about, those in one who are to be at one table. */
function gatherParties(model: Model, rules: readonly Rule[]): Party[] {
	const people = [...new Set(rules.flatMap(({ one, other }) => [...one, ...other]))];
	const numbers = new Map(people.map((guest, number) => [guest, number]));
	const unions = new Unions(people.length);
	for (const { kind, one } of rules)
		if (kind === RULE.GROUP) unions.joinAll(one.map((guest) => numbers.get(guest)!));
	const groups = Map.groupBy(people, (guest) => unions.find(numbers.get(guest)!));
	return [...groups.values()].map((people) => {
		const mayAt = Uint8Array.from(model.tables, () => 1);
		const party = { people, need: 0, mayAt, size: people.length };
		for (const guest of people) {
			const fixed = model.fixedTable[guest]!;
			if (fixed < 0) party.need++;
			else forbid(party, (table) => table !== fixed);
		}
		return party;
	});
}

/** Who is to sit in a row needs one that is long enough, and nobody has three neighbours. */
function canBeRows(model: Model, rules: readonly Rule[], party: (guest: number) => Party): boolean {
	const rows = rules.filter(({ isRow }) => isRow);
	if (rows.length === 0) return true;
	const unions = new Unions(model.guests.length);
	const neighbours = new Map<number, Set<number>>();
	const join = (one: number, other: number) =>
		neighbours.set(one, (neighbours.get(one) ?? new Set<number>()).add(other));
	for (const { one } of rows) {
		unions.joinAll(one);
		if (one.length !== 2) continue;
		join(one[0]!, one[1]!);
		join(one[1]!, one[0]!);
		if (areLockedApart(model, one[0]!, one[1]!)) return false;
	}
	if ([...neighbours.values()].some(({ size }) => size > 2)) return false;
	const people = new Set(rows.flatMap(({ one }) => [...one]));
	for (const chain of Map.groupBy(people, (guest) => unions.find(guest)).values()) {
		const ends = chain.filter((guest) => neighbours.get(guest)?.size !== 2);
		const isCircle = chain.length > 2 && ends.length === 0;
		forbid(party(chain[0]!), (number) => {
			const table = model.tables[number]!;
			if (isCircle) return !isRing(table) || model.seats[number] !== chain.length;
			return longestRow(table) < chain.length;
		});
	}
	return true;
}

function areLockedApart({ fixedSeat, fixedTable, tables }: Model, one: number, other: number): boolean {
	const [a, b] = [fixedSeat[one]!, fixedSeat[other]!];
	if (a < 0 || b < 0) return false;
	if (fixedTable[one] !== fixedTable[other]) return true;
	const next = followSeats(tables[fixedTable[one]!]!);
	return next[a] !== b && next[b] !== a;
}

/** Tries tables for the parties, the one with the fewest left first, and takes back what leads nowhere. */
class Seeking {
	readonly #model: Model;
	readonly #parties: readonly Party[];
	readonly #bonds: Bond[][];
	readonly #room: Int32Array;
	readonly #at: Int32Array;
	readonly #isUsed: Uint8Array;
	/** tables that differ in nothing but their place, which nobody asks for, have the same word */
	readonly #likeness: string[];
	#left = 0;

	constructor(model: Model, parties: readonly Party[], bonds: readonly Bond[]) {
		this.#model = model;
		this.#parties = parties;
		this.#at = new Int32Array(parties.length).fill(-1);
		this.#room = model.seats.slice(0, model.nowhere);
		for (const table of model.fixedTable) if (table >= 0) this.#room[table]!--;
		this.#isUsed = new Uint8Array(model.nowhere);
		this.#bonds = parties.map((_, party) =>
			bonds
				.filter(({ one, other }) => one === party || other === party)
				.map(({ one, other, isWrong }) => ({ one: party, other: one === party ? other : one, isWrong }))
		);
		const isAboutPlace = bonds.some(({ isWrong }) => isWrong !== sames.get(model.nowhere + 1));
		this.#likeness = model.tables.map((_, table) =>
			isAboutPlace ? `${table}` : `${this.#room[table]} ${parties.map(({ mayAt }) => mayAt[table]).join('')}`
		);
	}

	find(patience: Patience): boolean | undefined {
		this.#left = Math.min(MOST_EACH, patience.steps);
		const before = this.#left;
		const found = this.#seat(0);
		patience.steps -= before - this.#left;
		return found || (this.#left > 0 ? false : undefined);
	}

	#mayAt(party: number, table: number): boolean {
		this.#left--;
		const { mayAt, need } = this.#parties[party]!;
		if (!mayAt[table] || need > this.#room[table]!) return false;
		return this.#bonds[party]!.every(
			({ other, isWrong }) =>
				this.#at[other]! < 0 || !isWrong[table * (this.#model.nowhere + 1) + this.#at[other]!]
		);
	}

	#seat(count: number): boolean {
		if (count === this.#parties.length) return true;
		let next = -1;
		let fewest: number[] = [];
		for (const party of this.#parties.keys()) {
			if (this.#at[party]! >= 0) continue;
			const tables = [...this.#room.keys()].filter((table) => this.#mayAt(party, table));
			if (tables.length === 0) return false;
			const isMoreUrgent =
				tables.length < fewest.length ||
				(tables.length === fewest.length && this.#parties[party]!.need > this.#parties[next]!.need);
			if (next < 0 || isMoreUrgent) [next, fewest] = [party, tables];
		}
		const tried = new Set<string>();
		for (const table of fewest) {
			const word = this.#isUsed[table] ? `${table}` : this.#likeness[table]!;
			if (tried.has(word)) continue;
			tried.add(word);
			if (this.#left <= 0) return false;
			this.#at[next] = table;
			this.#room[table]! -= this.#parties[next]!.need;
			const wasUsed = this.#isUsed[table]!;
			this.#isUsed[table] = 1;
			const isFound = this.#seat(count + 1);
			this.#at[next] = -1;
			this.#room[table]! += this.#parties[next]!.need;
			this.#isUsed[table] = wasUsed;
			if (isFound) return true;
		}
		return false;
	}
}
