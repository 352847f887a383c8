import { fold } from '../kernel/text/fold.ts';
import type { Expected, ExpectedGuest, ExpectedHousehold, Seat } from './expected.ts';

/** A table with whoever sits there, in the order of their seats. */
export type SeatedTable = {
	table: number;
	name: string;
	guests: { guest: ExpectedGuest; household: ExpectedHousehold; seat: number }[];
};

export const seatOf = (guest: ExpectedGuest, eventId: string): Seat | undefined =>
	guest.asked[eventId]?.seat ?? undefined;

/** The tables of an event at which somebody sits, by their numbers. */
export function listTables({ households }: Expected, eventId: string): SeatedTable[] {
	const tables = new Map<number, SeatedTable>();
	for (const household of households)
		for (const guest of household.guests) {
			const seat = seatOf(guest, eventId);
			if (!seat) continue;
			const { table, name } = seat;
			if (!tables.has(table)) tables.set(table, { table, name, guests: [] });
			tables.get(table)!.guests.push({ guest, household, seat: seat.seat });
		}
	for (const { guests } of tables.values()) guests.sort((one, other) => one.seat - other.seat);
	return [...tables.values()].sort((one, other) => one.table - other.table);
}

/** Those that somebody means who types "7", "table 7" as `say` says it in their language, or a part of a table's name. */
export function findTables(
	tables: SeatedTable[],
	typed: string,
	say: (table: number) => string
): SeatedTable[] {
	const folded = fold(typed);
	const isMeant = ({ table, name }: SeatedTable) =>
		folded === String(table) ||
		folded === fold(say(table)) ||
		(folded.length > 2 && fold(name).includes(folded));
	return folded ? tables.filter(isMeant) : [];
}
