import type { Model } from './model.ts';
import { COST, weigh } from './plan.ts';
import { makeRandom } from './random.ts';
import { followSeats, isRing, longestRow, placeSeats } from './room.ts';
import { RULE } from './sides.ts';

/** A household in two pieces at its table, which no wish for it outweighs; and what only decides between equals. */
const HOME_ROW = 2;
const GAP = 0.1;
const METRE = 0.05;
const MOVED = 0.02;
const STEPS_EACH = 500;
const MOST_STEPS = 20_000;
const HOT = 5;
const COLD = 0.02;

/** People who are to sit in a row, by their place among those at the table. */
type Row = { people: number[]; isIn: Uint8Array; price: number };

/** Gives everybody a seat at their table; `given` are those they have, and keep where `isKept`. */
export function arrangeAll(
	model: Model,
	at: Int32Array,
	{ given, isKept, seed }: { given: Int32Array; isKept: (guest: number) => boolean; seed: number }
): { seats: Int32Array; amiss: number } {
	const seats = new Int32Array(model.guests.length).fill(-1);
	let amiss = 0;
	for (const [table, people] of Map.groupBy(model.guests.keys(), (guest) => at[guest]!)) {
		if (table === model.nowhere) continue;
		const order = people.toSorted((a, b) => model.household[a]! - model.household[b]!);
		const arrangement = new Arrangement(model, table, order);
		arrangement.begin(given, isKept);
		arrangement.search(makeRandom(seed ^ Math.imul(table + 1, 0x9e3779b1)));
		for (const [n, guest] of order.entries()) seats[guest] = arrangement.seatOf[n]!;
		amiss += arrangement.amiss();
	}
	return { seats, amiss };
}

/** How many pieces people at these seats are in: none when they sit all around a table. */
export function countPieces(seats: readonly number[], next: Int32Array): number {
	const taken = new Set(seats);
	return seats.filter((seat) => next[seat]! < 0 || !taken.has(next[seat]!)).length;
}

class Arrangement {
	readonly seatOf: Int32Array;
	readonly #holder: Int32Array;
	readonly #next: Int32Array;
	readonly #rows: Row[];
	readonly #close: { one: number; other: number; price: number }[] = [];
	readonly #points: { x: number; y: number }[];
	readonly #people: readonly number[];
	readonly #leastPieces: number;
	/** seats whose holder may change */
	#free: number[] = [];
	#before = new Int32Array(0);

	constructor(model: Model, table: number, people: readonly number[]) {
		const place = model.tables[table]!;
		this.#people = people;
		this.#next = followSeats(place);
		this.#points = placeSeats(place);
		this.#holder = new Int32Array(this.#next.length).fill(-1);
		this.seatOf = new Int32Array(people.length).fill(-1);
		this.#leastPieces = isRing(place) || people.length <= longestRow(place) ? 1 : 2;
		this.#rows = this.#findRows(model);
	}

	#findRows(model: Model): Row[] {
		const numbers = new Map(this.#people.map((guest, n) => [guest, n]));
		const row = (people: number[], price: number): Row => {
			const isIn = new Uint8Array(this.#people.length + 1);
			for (const one of people) isIn[one] = 1;
			return { people, isIn, price };
		};
		const homes = Map.groupBy(numbers.values(), (n) => model.household[this.#people[n]!]!);
		const rows = [...homes.values()].filter(({ length }) => length > 1).map((home) => row(home, HOME_ROW));
		const here = new Set(
			this.#people.flatMap((guest) =>
				[...model.ruled.items.subarray(model.ruled.from[guest], model.ruled.from[guest + 1])].map(
					(n) => n >> 1
				)
			)
		);
		for (const rule of here) {
			const { kind, isRow, one, other, isAmong, wish } = model.rules[rule]!;
			const people = [...one].flatMap((guest) => numbers.get(guest) ?? []);
			if (kind === RULE.GROUP && isRow && people.length === one.length)
				rows.push(row(people, weigh(wish) / 2));
			if (kind !== RULE.DISTANCE || wish.kind !== 'near') continue;
			const others = isAmong ? people : [...other].flatMap((guest) => numbers.get(guest) ?? []);
			const price = (METRE / 100) * Math.min(1, weigh(wish) / COST.wish);
			for (const one of people)
				for (const other of others) if (!isAmong || one < other) this.#close.push({ one, other, price });
		}
		return rows;
	}

	/** Where they sit before, as far as that is said; the others where there is room, a household after the other. */
	begin(given: Int32Array, isKept: (guest: number) => boolean): void {
		for (const [n, guest] of this.#people.entries()) if (given[guest]! >= 0) this.#sit(n, given[guest]!);
		const kept = new Set([...this.seatOf].filter((seat, n) => seat >= 0 && isKept(this.#people[n]!)));
		this.#free = [...this.#holder.keys()].filter((seat) => !kept.has(seat));
		let seat = 0;
		for (const n of this.#people.keys()) {
			if (this.seatOf[n]! >= 0) continue;
			while (this.#holder[seat] !== -1) seat++;
			this.#sit(n, seat);
		}
		this.#before = Int32Array.from(this.#people, (guest) => given[guest]!);
	}

	#sit(n: number, seat: number): void {
		this.#holder[seat] = n;
		if (n >= 0) this.seatOf[n] = seat;
	}

	amiss(): number {
		let sum = 0;
		for (const { people, isIn, price } of this.#rows) {
			let pieces = 0;
			for (let n = 0; n < people.length; n++) {
				const next = this.#next[this.seatOf[people[n]!]!]!;
				if (next < 0 || this.#holder[next]! < 0 || !isIn[this.#holder[next]!]) pieces++;
			}
			if (pieces > 1) sum += price * (0.5 + (0.5 * (pieces - 1)) / (people.length - 1));
		}
		return sum;
	}

	/** With what decides between equals: no chairs between people, who is near really near, nobody moved for nothing. */
	#cost(): number {
		let cost = this.amiss();
		let pieces = 0;
		for (let n = 0; n < this.seatOf.length; n++) {
			const seat = this.seatOf[n]!;
			const next = this.#next[seat]!;
			if (next < 0 || this.#holder[next]! < 0) pieces++;
			if (this.#before[n]! >= 0 && this.#before[n] !== seat) cost += MOVED;
		}
		cost += Math.max(0, pieces - this.#leastPieces) * GAP;
		for (const { one, other, price } of this.#close) {
			const [a, b] = [this.#points[this.seatOf[one]!]!, this.#points[this.seatOf[other]!]!];
			cost += price * Math.hypot(a.x - b.x, a.y - b.y);
		}
		return cost;
	}

	search(random: () => number): void {
		const free = this.#free;
		const steps = free.length < 2 ? 0 : Math.min(MOST_STEPS, this.#people.length * STEPS_EACH);
		let cost = this.#cost();
		let best = cost;
		let found = this.seatOf.slice();
		for (let step = 0; step < steps && best > 0; step++) {
			const heat = HOT * (COLD / HOT) ** (step / steps);
			const [a, b] = [(random() * free.length) | 0, (random() * free.length) | 0];
			const [from, to] = [Math.min(a, b), Math.max(a, b)];
			if (from === to) continue;
			const turn = random() < 0.5 ? () => this.#swap(from, to) : () => this.#reverse(from, to);
			turn();
			const after = this.#cost();
			if (after > cost && random() >= Math.exp((cost - after) / heat)) {
				turn();
				continue;
			}
			cost = after;
			if (cost >= best - 1e-9) continue;
			best = cost;
			found = this.seatOf.slice();
		}
		this.#holder.fill(-1);
		for (const [n, seat] of found.entries()) this.#sit(n, seat);
	}

	#swap(from: number, to: number): void {
		const [one, other] = [this.#free[from]!, this.#free[to]!];
		const [a, b] = [this.#holder[one]!, this.#holder[other]!];
		this.#sit(a, other);
		this.#sit(b, one);
	}

	#reverse(from: number, to: number): void {
		for (; from < to; from++, to--) this.#swap(from, to);
	}
}
