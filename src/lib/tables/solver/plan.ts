import type { Model } from './model.ts';
import type { Wish } from './seating.ts';
import { RULE } from './sides.ts';

/** Each counts as much as a hundred of the next: a chair, a hard wish, a household in one piece, ten wishes. */
export const COST = { standing: 1e6, hard: 1e4, home: 100, wish: 10, lonely: 0.1, moved: 0.02 } as const;
const MOST_WEIGHT = 10;
/** So many may come to a table before others leave it. */
export const MOST_AT_ONCE = 32;

export const weigh = (
	{ isHard = false, weight = 1 }: Pick<Wish, 'isHard' | 'weight'>,
	hard: number = COST.hard
) => (isHard ? hard : COST.wish * (weight > 0 ? Math.min(weight, MOST_WEIGHT) : 1));

/**
 * Who sits at which table, and what is amiss with that, kept up to date as they move: what a move costs is counted
 * from the few wishes and mates of who moves. Something that is broken costs half of its weight, and the other half by
 * how far it is from holding.
 */
export class Plan {
	readonly model: Model;
	readonly at: Int32Array;
	readonly filled: Int32Array;
	/** who sits at each table, in no order, from `first[table]` */
	readonly members: Int32Array;
	readonly first: Int32Array;
	cost = 0;
	readonly #place: Int32Array;
	readonly #width: number;
	/** of each rule at each table: how many of its first and its second side */
	readonly #ones: Int32Array;
	readonly #others: Int32Array;
	readonly #wrong: Int32Array;
	readonly #broken: Float64Array;
	readonly #each: Float64Array;
	/** of each household: how many of its pairs sit apart */
	readonly #parted: Int32Array;
	readonly #home: Float64Array;
	readonly #lonely: Float64Array;

	constructor(model: Model, at: Int32Array, hard?: number) {
		const { rules, seats, guests, nowhere } = model;
		this.model = model;
		this.at = new Int32Array(guests.length).fill(nowhere);
		this.#width = nowhere + 1;
		this.filled = new Int32Array(this.#width);
		// while a plan is made everybody is nowhere
		this.first = new Int32Array(this.#width);
		for (let table = 0; table < nowhere; table++)
			this.first[table + 1] = this.first[table]! + seats[table]! + MOST_AT_ONCE;
		this.members = new Int32Array(this.first[nowhere]! + guests.length);
		this.#place = Int32Array.from(guests.keys());
		for (const guest of guests.keys()) this.members[this.first[nowhere]! + guest] = guest;
		this.filled[nowhere] = guests.length;
		this.#ones = new Int32Array(rules.length * this.#width);
		this.#others = new Int32Array(rules.length * this.#width);
		this.#wrong = new Int32Array(rules.length);
		this.#broken = Float64Array.from(rules, ({ wish }) => weigh(wish, hard) / 2);
		this.#each = Float64Array.from(rules, ({ wish, most }) => weigh(wish, hard) / 2 / most);
		this.#parted = new Int32Array(model.pairs.length);
		this.#home = Float64Array.from(model.pairs, (pairs) => (pairs > 0 ? COST.home / 2 / pairs : 0));
		const most = seats.reduce((most, seats) => Math.max(most, seats), 0);
		// few tables, and none of them with hardly anybody
		this.#lonely = Float64Array.from({ length: most + 1 }, (_, n) => (n > 0 ? COST.lonely / n : 0));
		this.#begin();
		for (const [guest, table] of at.entries()) this.move(guest, table);
	}

	/** With everybody nowhere: all rules about two people hold or not as if that were a table. */
	#begin(): void {
		const { rules, nowhere } = this.model;
		for (const [number, { kind, one, other, isWrong, most, isAmong }] of rules.entries()) {
			this.#ones[number * this.#width + nowhere] = one.length;
			this.#others[number * this.#width + nowhere] = isAmong ? one.length : other.length;
			const isAll = kind === RULE.PLACE ? isWrong[nowhere] : kind === RULE.DISTANCE && isWrong.at(-1);
			this.#wrong[number] = isAll ? most : 0;
			this.cost += this.#price(number, this.#wrong[number]!);
		}
		this.cost += COST.standing * this.model.guests.length;
		const { isImproving, startTable } = this.model;
		if (isImproving) for (const table of startTable) this.cost += table >= 0 ? COST.moved : 0;
	}

	wrong(rule: number): number {
		return this.#wrong[rule]!;
	}

	/** What does not hold, without what only decides between plans that are equally good. */
	amiss(): number {
		const { isImproving, startTable, nowhere } = this.model;
		let taste = 0;
		for (let table = 0; table < nowhere; table++) taste += this.#loneliness(this.filled[table]!);
		if (isImproving)
			for (const [guest, table] of startTable.entries())
				if (table >= 0 && table !== this.at[guest]) taste += COST.moved;
		return Math.max(0, Math.round((this.cost - taste) * 1e6) / 1e6);
	}

	/** How many more may sit there. */
	room(table: number): number {
		return this.model.seats[table]! - this.filled[table]!;
	}

	/** Puts one guest at a table, however full, and says what that costs. */
	move(guest: number, to: number): number {
		const from = this.at[guest]!;
		if (from === to) return 0;
		const change =
			this.#leaveHome(guest, from, to) + this.#askRules(guest, from, to) + this.#fill(guest, from, to);
		this.cost += change;
		return change;
	}

	#leaveHome(guest: number, from: number, to: number): number {
		const { mates, household } = this.model;
		let more = 0;
		for (let index = mates.from[guest]!; index < mates.from[guest + 1]!; index++) {
			const where = this.at[mates.items[index]!]!;
			if (where === from) more++;
			else if (where === to) more--;
		}
		if (more === 0) return 0;
		const home = household[guest]!;
		const before = this.#parted[home]!;
		const after = (this.#parted[home] = before + more);
		const half = COST.home / 2;
		return (after > 0 ? half : 0) - (before > 0 ? half : 0) + more * this.#home[home]!;
	}

	#askRules(guest: number, from: number, to: number): number {
		const { ruled, nowhere } = this.model;
		let change = 0;
		for (let index = ruled.from[guest]!; index < ruled.from[guest + 1]!; index++) {
			const entry = ruled.items[index]!;
			const rule = entry >> 1;
			const isOne = (entry & 1) === 0;
			const { kind, isAmong, isWrong, one, other } = this.model.rules[rule]!;
			const row = rule * this.#width;
			const mine = isOne ? this.#ones : this.#others;
			let more = 0;
			if (kind === RULE.GROUP) more = mine[row + from]! - 1 - mine[row + to]!;
			else if (kind === RULE.APART) {
				const theirs = isAmong || !isOne ? this.#ones : this.#others;
				if (to !== nowhere) more += theirs[row + to]!;
				if (from !== nowhere) more -= theirs[row + from]! - (isAmong ? 1 : 0);
			} else if (kind === RULE.PLACE) more = isWrong[to]! - isWrong[from]!;
			else {
				const theirs = isOne && !isAmong ? other : one;
				for (let n = 0; n < theirs.length; n++) {
					const their = theirs[n]!;
					if (their === guest) continue;
					const where = this.at[their]! * this.#width;
					more += isWrong[where + to]! - isWrong[where + from]!;
				}
			}
			mine[row + from]!--;
			mine[row + to]!++;
			if (more === 0) continue;
			const before = this.#wrong[rule]!;
			this.#wrong[rule] = before + more;
			change += this.#price(rule, before + more) - this.#price(rule, before);
		}
		return change;
	}

	#price(rule: number, wrong: number): number {
		return wrong > 0 ? this.#broken[rule]! + wrong * this.#each[rule]! : 0;
	}

	#fill(guest: number, from: number, to: number): number {
		const { nowhere, isImproving, startTable } = this.model;
		let change = 0;
		for (const [table, more] of [
			[from, -1],
			[to, 1]
		] as const) {
			const before = this.filled[table]!;
			this.filled[table] = before + more;
			if (table === nowhere) change += more * COST.standing;
			else change += this.#loneliness(before + more) - this.#loneliness(before);
		}
		const gap = this.first[from]! + this.filled[from]!;
		const last = this.members[gap]!;
		const hole = this.#place[guest]!;
		this.members[this.first[from]! + hole] = last;
		this.#place[last] = hole;
		this.#place[guest] = this.filled[to]! - 1;
		this.members[this.first[to]! + this.#place[guest]!] = guest;
		this.at[guest] = to;
		if (isImproving && startTable[guest]! >= 0) {
			if (to === startTable[guest]) change -= COST.moved;
			else if (from === startTable[guest]) change += COST.moved;
		}
		return change;
	}

	#loneliness(people: number): number {
		return this.#lonely[Math.min(people, this.#lonely.length - 1)]!;
	}
}
