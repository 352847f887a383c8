import { makeRandom } from '../lib/tables/solver/random.ts';
import type { Guest, Side, Table, Task, Wish } from '../lib/tables/solver/seating.ts';

type Given = {
	guests: number;
	tables: number;
	wishes: number;
	seed: number;
	seats?: number;
	isHard?: number;
};
const KINDS = ['together', 'apart', 'near', 'far', 'at', 'beside'] as const;

/** A party to seat, of households of one to five in a hall of round tables, with wishes as they come; the same for the same seed. */
export function makeParty({ guests, tables, wishes, seed, seats = 8, isHard = 0.2 }: Given) {
	const random = makeRandom(seed);
	const pick = <Item>(list: readonly Item[]): Item => list[Math.floor(random() * list.length)]!;
	const people: Guest[] = [];
	for (let home = 0; people.length < guests; home++) {
		const size = Math.min(pick([1, 2, 2, 2, 3, 4, 5]), guests - people.length);
		for (let n = 0; n < size; n++)
			people.push({
				id: `guest ${people.length}`,
				household: `household ${home}`,
				tags: random() < 0.05 ? ['choir'] : []
			});
	}
	const wide = Math.ceil(Math.sqrt(tables));
	const hall = Array.from({ length: tables }, (_, n): Table => ({
		...{ id: `table ${n + 1}`, seats, shape: 'round' as const },
		...{ x: (n % wide) * 350, y: Math.floor(n / wide) * 350 }
	}));
	const side = (): Side => {
		const { id, household } = pick(people);
		return random() < 0.7 ? { guest: id } : { household };
	};
	const wished = Array.from({ length: wishes }, (_, n): Wish => {
		const kind = pick(KINDS);
		const other = kind === 'at' ? { table: pick(hall).id } : side();
		return { id: `wish ${n}`, kind, one: side(), other, isHard: random() < isHard, weight: pick([1, 2, 3]) };
	});
	return { tables: hall, guests: people, wishes: wished } satisfies Task;
}
