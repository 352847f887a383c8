import { makeLists, type Lists, type Model } from './model.ts';
import { MOST_AT_ONCE } from './plan.ts';
import { RULE } from './sides.ts';

/** Finds who belongs with whom: `join` what is one, `find` the number that stands for all of them. */
export class Unions {
	readonly #parent: Int32Array;

	constructor(count: number) {
		this.#parent = Int32Array.from({ length: count }, (_, number) => number);
	}

	find(number: number): number {
		while (this.#parent[number] !== number) {
			this.#parent[number] = this.#parent[this.#parent[number]!]!;
			number = this.#parent[number]!;
		}
		return number;
	}

	join(one: number, other: number): void {
		this.#parent[this.find(one)] = this.find(other);
	}

	joinAll(numbers: Int32Array): void {
		for (let n = 1; n < numbers.length; n++) this.join(numbers[0]!, numbers[n]!);
	}
}

/** Of each guest, all whom wishes and households bind to them, themselves among them, where they are not too many. */
export function bindGuests(model: Model): Lists {
	const unions = new Unions(model.guests.length);
	for (const guest of model.guests.keys())
		for (let n = model.mates.from[guest]!; n < model.mates.from[guest + 1]!; n++)
			unions.join(guest, model.mates.items[n]!);
	for (const { kind, one } of model.rules)
		if (kind === RULE.GROUP && one.length <= MOST_AT_ONCE) unions.joinAll(one);
	const bound = Map.groupBy(model.guests.keys(), (guest) => unions.find(guest));
	return makeLists(
		Array.from(model.guests.keys(), (guest) => {
			const all = bound.get(unions.find(guest))!;
			return all.length <= MOST_AT_ONCE ? all : [guest];
		})
	);
}

/** Where everybody is to begin with: where they sit, and whoever does not, the largest parties first, where they fit best. */
export function placeFirst(model: Model, bound: Lists): Int32Array {
	const { guests, nowhere, startTable } = model;
	const at = startTable.map((table) => (table < 0 ? nowhere : table));
	const room = model.seats.slice(0, nowhere);
	for (const table of at) if (table !== nowhere) room[table]!--;

	const fit = (people: number) => {
		let best = -1;
		for (let table = 0; table < nowhere; table++)
			if (room[table]! >= people && (best < 0 || room[table]! < room[best]!)) best = table;
		return best;
	};
	const seatAll = (people: readonly number[]) => {
		const table = fit(people.length);
		if (table < 0) return false;
		for (const guest of people) at[guest] = table;
		room[table]! -= people.length;
		return true;
	};
	const seen = new Set<number>();
	const parties: number[][] = [];
	for (const guest of guests.keys()) {
		if (seen.has(guest) || at[guest] !== nowhere) continue;
		const all = [...bound.items.subarray(bound.from[guest], bound.from[guest + 1])];
		const party = all.filter((one) => at[one] === nowhere && !seen.has(one));
		for (const one of party) seen.add(one);
		parties.push(party);
	}
	for (const party of parties.toSorted((a, b) => b.length - a.length)) {
		if (seatAll(party)) continue;
		const homes = [...Map.groupBy(party, (guest) => model.household[guest]!).values()];
		for (const home of homes) if (!seatAll(home)) for (const guest of home) seatAll([guest]);
	}
	return at;
}
