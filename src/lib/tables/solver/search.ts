import { bindGuests, placeFirst } from './begin.ts';
import type { Lists, Model } from './model.ts';
import { MOST_AT_ONCE, Plan } from './plan.ts';
import { RULE } from './sides.ts';

/**
 * One after the other, each from the best until then: by its part of the steps, from heat to cold. So much worse may a
 * try be to be taken one time out of three. Hard wishes count for less at first: where they stand in each other's way,
 * one that was met early would never be given up again for two others. Of 150 guests eleven of twelve seeds find the
 * best plan that any does; in one long round five of eight did.
 */
const ROUNDS = [
	{ part: 0.5, hot: 60, cold: 1, hard: 300 },
	{ part: 0.3, hot: 40, cold: 1, hard: 300 },
	{ part: 0.2, hot: 10, cold: 0.01, hard: undefined }
];
/** How often a table is tried for a reason, and how often someone moves alone, or with their household alone. */
const WISHED = 0.5;
const ALONE = 0.35;
const WITH_HOUSEHOLD = 0.75;
const TRIES = 16;
/** To cool by a step is not worth an exponent. */
const EVERY = 256;

/**
 * Simulated annealing: lets one guest, their household or all who are bound to them change table, against others where
 * there is no room, and takes what is better, and less and less of what is worse. The steps are counted, not the time.
 */
export class Search {
	plan: Plan;
	readonly best: Int32Array;
	bestCost: number;
	done = 0;
	readonly steps: number;
	readonly #model: Model;
	readonly #random: () => number;
	readonly #bound: Lists;
	readonly #movable: Int32Array;
	readonly #rounds: number[];
	readonly #all: Int32Array;
	#least = Infinity;
	/** the plan is the best one, which is not written down yet */
	#isUnsaved = false;
	#heat = 0;
	readonly #going = new Int32Array(MOST_AT_ONCE);
	readonly #coming = new Int32Array(MOST_AT_ONCE);

	constructor(model: Model, steps: number, random: () => number) {
		this.#model = model;
		this.#random = random;
		this.#bound = bindGuests(model);
		this.best = placeFirst(model, this.#bound);
		this.#all = this.best.slice();
		this.plan = new Plan(model, this.best);
		this.bestCost = this.plan.cost;
		this.#movable = Int32Array.from(model.guests.keys()).filter((guest) => model.fixedTable[guest]! < 0);
		const tables = model.seats.reduce((count, seats) => count + Number(seats > 0), 0);
		this.steps = this.#movable.length > 0 && tables > 1 ? steps : 0;
		let end = 0;
		this.#rounds = ROUNDS.map(({ part }) => (end += part * this.steps));
		this.#goBack(0);
	}

	get isDone(): boolean {
		return this.done >= this.steps;
	}

	/** What is amiss in the best plan until now, and how many wishes hold in it. */
	measure(): { score: number; holding: number } {
		const [one, other] = [new Plan(this.#model, this.best), new Plan(this.#model, this.#all)];
		const best = one.amiss() <= other.amiss() ? one : other;
		const holding = this.#model.rules.filter((_, rule) => best.wrong(rule) === 0).length;
		return { score: best.amiss(), holding };
	}

	/** The best plan of all that were found. */
	finish(): Int32Array {
		this.#goBack(ROUNDS.length - 1);
		return this.best;
	}

	/** Goes on for so many steps, and no further than the last. */
	step(count: number): void {
		const end = Math.min(this.steps, this.done + count);
		while (this.done < end) {
			if (this.done % EVERY === 0) this.#cool();
			this.#try();
			this.done++;
		}
		this.#save();
	}

	#cool(): void {
		const round = this.#rounds.findIndex((end) => this.done < end);
		const began = round > 0 ? this.#rounds[round - 1]! : 0;
		if (round > 0 && this.done - began < EVERY) this.#goBack(round);
		const share = (this.done - began) / (this.#rounds[round]! - began);
		const { hot, cold } = ROUNDS[round]!;
		this.#heat = hot * (cold / hot) ** share;
	}

	#save(): void {
		if (this.#isUnsaved) this.best.set(this.plan.at);
		this.#isUnsaved = false;
	}

	/** Takes up the best of all rounds. Adding up small numbers a million times leaves a little over: counted anew. */
	#goBack(round: number): void {
		this.#save();
		const cost = new Plan(this.#model, this.best).cost;
		if (cost < this.#least) {
			this.#least = cost;
			this.#all.set(this.best);
		}
		this.best.set(this.#all);
		this.plan = new Plan(this.#model, this.best, ROUNDS[round]?.hard);
		this.bestCost = this.plan.cost;
	}

	#pick(count: number): number {
		return (this.#random() * count) | 0;
	}

	#try(): void {
		const { plan } = this;
		const guest = this.#movable[this.#pick(this.#movable.length)]!;
		const from = plan.at[guest]!;
		const to = this.#random() < WISHED ? this.#findWished(guest) : this.#pick(plan.filled.length);
		if (to === from || this.#model.seats[to] === 0) return;
		const going = this.#gather(guest);
		const coming = this.#makeRoom(to, going - plan.room(to));
		if (coming > plan.room(from) + going) return;
		const before = plan.cost;
		this.#exchange(going, coming, [from, to]);
		const worse = plan.cost - before;
		if (worse > 0) {
			if (this.#random() >= Math.exp(-worse / this.#heat)) {
				this.#exchange(going, coming, [to, from]);
				plan.cost = before;
			} else if (this.#isUnsaved) {
				this.#save();
				for (let n = 0; n < going; n++) this.best[this.#going[n]!] = from;
				for (let n = 0; n < coming; n++) this.best[this.#coming[n]!] = to;
			}
		} else if (plan.cost < this.bestCost - 1e-9) {
			this.bestCost = plan.cost;
			this.#isUnsaved = true;
		}
	}

	#exchange(going: number, coming: number, [from, to]: readonly [number, number]): void {
		for (let n = 0; n < going; n++) this.plan.move(this.#going[n]!, to);
		for (let n = 0; n < coming; n++) this.plan.move(this.#coming[n]!, from);
	}

	/** Who goes with them: nobody, those of their household at their table, or all there who are bound to them. */
	#gather(guest: number): number {
		const { at } = this.plan;
		const chance = this.#random();
		this.#going[0] = guest;
		if (chance < ALONE) return 1;
		const { from, items } = chance < WITH_HOUSEHOLD ? this.#model.mates : this.#bound;
		let count = 1;
		for (let n = from[guest]!; n < from[guest + 1]! && count < MOST_AT_ONCE; n++) {
			const mate = items[n]!;
			if (mate !== guest && at[mate] === at[guest] && this.#model.fixedTable[mate]! < 0)
				this.#going[count++] = mate;
		}
		return count;
	}

	/** Picks who leaves a table so that so many may come: some, with those of their household; too many when it cannot be. */
	#makeRoom(table: number, needed: number): number {
		const { members, first, filled, at } = this.plan;
		const { mates, fixedTable } = this.#model;
		let count = 0;
		for (let tries = 0; count < needed; tries++) {
			if (tries >= TRIES) return Infinity;
			const guest = members[first[table]! + this.#pick(filled[table]!)]!;
			if (fixedTable[guest]! >= 0 || this.#isComing(guest, count)) continue;
			this.#coming[count++] = guest;
			if (this.#random() < ALONE) continue;
			for (let n = mates.from[guest]!; n < mates.from[guest + 1]! && count < MOST_AT_ONCE; n++) {
				const mate = mates.items[n]!;
				if (at[mate] === table && fixedTable[mate]! < 0 && !this.#isComing(mate, count))
					this.#coming[count++] = mate;
			}
			if (count === MOST_AT_ONCE && count < needed) return Infinity;
		}
		return count;
	}

	#isComing(guest: number, count: number): boolean {
		for (let n = 0; n < count; n++) if (this.#coming[n] === guest) return true;
		return false;
	}

	/** A table where a mate or a wish would have them. */
	#findWished(guest: number): number {
		const { mates, ruled, rules, nowhere } = this.#model;
		const { at } = this.plan;
		const homely = mates.from[guest + 1]! - mates.from[guest]!;
		const wished = ruled.from[guest + 1]! - ruled.from[guest]!;
		const choice = this.#pick(homely + wished);
		if (choice < homely) return at[mates.items[mates.from[guest]! + choice]!]!;
		if (wished === 0) return this.#pick(nowhere);
		const entry = ruled.items[ruled.from[guest]! + choice - homely]!;
		const { kind, one, other, isAmong, isWrong } = rules[entry >> 1]!;
		if (kind === RULE.GROUP) return at[one[this.#pick(one.length)]!]!;
		if (kind === RULE.PLACE) return this.#findRight(isWrong, 0);
		if (kind === RULE.APART) return this.#pick(nowhere);
		const theirs = isAmong || (entry & 1) === 1 ? one : other;
		return this.#findRight(isWrong, at[theirs[this.#pick(theirs.length)]!]! * (nowhere + 1));
	}

	/** Some table that is not wrong, if there is one. */
	#findRight(isWrong: Uint8Array, row: number): number {
		const { nowhere } = this.#model;
		const start = this.#pick(nowhere);
		for (let n = 0; n < nowhere; n++) {
			const table = (start + n) % nowhere;
			if (!isWrong[row + table]) return table;
		}
		return start;
	}
}
