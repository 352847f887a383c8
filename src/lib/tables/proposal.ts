import { isSeated, type Placed } from './seating.ts';
import type { RoomTable } from './room.ts';
import type { Seating, Verdict } from './solver/seating.ts';
import type { NamedWish } from './wish.ts';

/** All anew but for locked seats; those who stand; what is there, only for the better. */
export const MODES = ['everybody', 'rest', 'improve'] as const;
export type Mode = (typeof MODES)[number];

export type Named = Pick<RoomTable, 'id' | 'number' | 'name'>;
type Place = { table: Named; number: number };

/** What would be otherwise. */
export type Difference = {
	/** who gets a seat, table by table */
	seated: { table: Named; guests: { id: string; name: string; number: number }[] }[];
	/** who has one and would have another */
	moved: { id: string; name: string; from: Place; to: Place }[];
	/** who would lose theirs, and who does not find one */
	standing: { id: string; name: string; from: Place | null }[];
	/** how many keep their seat */
	staying: number;
};

type Answer = Pick<Seating, 'places' | 'unseated'>;

/** Of guests and tables that are not there any more nothing is said. */
export function compare(all: Placed[], tables: Named[], { places, unseated }: Answer): Difference {
	const guests = new Map(all.map((one) => [one.guestId, one]));
	const byId = new Map(tables.map((table) => [table.id, table]));
	const seatOf = (one: Placed): Place | null => {
		const table = isSeated(one) && byId.get(one.tableId);
		return table ? { table, number: one.number! } : null;
	};
	const seated = new Map<string, Difference['seated'][0]>();
	const moved: Difference['moved'] = [];
	let staying = 0;
	for (const { guest, table: tableId, seat: number } of places) {
		const [one, table] = [guests.get(guest), byId.get(tableId)];
		if (!one || !table) continue;
		const [from, to] = [seatOf(one), { table, number }];
		const named = { id: guest, name: one.name };
		if (!from) {
			const group = seated.get(tableId) ?? { table, guests: [] };
			group.guests.push({ ...named, number });
			seated.set(tableId, group);
		} else if (from.table.id === tableId && from.number === number) staying++;
		else moved.push({ ...named, from, to });
	}
	for (const group of seated.values()) group.guests.sort((one, other) => one.number - other.number);
	return {
		seated: [...seated.values()].sort((one, other) => one.table.number - other.table.number),
		moved: moved.sort((one, other) => one.to.table.number - other.to.table.number),
		standing: unseated.flatMap(({ guest }) => {
			const one = guests.get(guest);
			return one ? [{ id: guest, name: one.name, from: seatOf(one) }] : [];
		}),
		staying
	};
}

/** Why a wish does not hold, with names in place of ids. */
export type Reason =
	| { code: 'not_seated' | 'fixed'; names: string[] }
	| { code: 'contradicts'; wishes: NamedWish[] }
	| { code: 'too_many'; people: number; seats: number }
	| { code: 'same_table'; names: string[]; tables: Named[] }
	| { code: 'other_tables' | 'too_far' | 'too_near' | 'not_in_a_row'; tables: Named[] }
	| { code: 'nobody' | 'one_only' | 'no_such_table' };

export type Judged = {
	/** of those that are about somebody */
	count: number;
	holding: number;
	broken: { wish: NamedWish; why: Reason }[];
	/** about nobody who comes */
	idle: { wish: NamedWish; why: Reason }[];
	/** sets that cannot all hold, whatever is tried */
	conflicts: NamedWish[][];
};

type Known = { placed: Placed[]; tables: Named[]; wishes: NamedWish[] };

export function judge(
	{ wishes: verdicts, conflicts }: Pick<Seating, 'wishes' | 'conflicts'>,
	{ placed, tables, wishes }: Known
): Judged {
	const names = new Map(placed.map(({ guestId, name }) => [guestId, name]));
	const [byId, wishOf] = [
		new Map(tables.map((table) => [table.id, table])),
		new Map(wishes.map((wish) => [wish.id, wish]))
	];
	const find = <Found>(ids: string[], among: Map<string, Found>) =>
		ids.map((id) => among.get(id)).filter((found) => found !== undefined);
	const read = (verdict: Verdict): Reason | null => {
		if (verdict.state === 'holds') return null;
		if (verdict.state === 'void') return { code: verdict.why };
		const { why } = verdict;
		if (why.code === 'too_many') return why;
		if (why.code === 'contradicts') return { code: why.code, wishes: find(why.wishes, wishOf) };
		if (why.code === 'not_seated' || why.code === 'fixed')
			return { code: why.code, names: find(why.guests, names) };
		if (why.code === 'same_table')
			return { code: why.code, names: find(why.guests, names), tables: find([why.table], byId) };
		const there = why.code === 'not_in_a_row' ? [why.table] : why.tables;
		return { code: why.code, tables: find(there, byId) };
	};
	const say = (state: Verdict['state']) =>
		verdicts
			.filter((verdict) => verdict.state === state)
			.flatMap((verdict) => {
				const [wish, why] = [wishOf.get(verdict.wish), read(verdict)];
				return wish && why ? [{ wish, why }] : [];
			});
	const idle = say('void');
	return {
		...{ count: verdicts.filter(({ state }) => state !== 'void').length, idle, broken: say('broken') },
		holding: verdicts.filter(({ state }) => state === 'holds').length,
		conflicts: conflicts.map((ids) => find(ids, wishOf)).filter(({ length }) => length > 0)
	};
}
