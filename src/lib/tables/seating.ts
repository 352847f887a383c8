import { fold } from '../kernel/text/fold.ts';
import type { RoomTable } from './room.ts';

/** A guest who comes to the event, or has not said, and where they sit in a plan. */
export type Placed = {
	guestId: string;
	name: string;
	isChild: boolean;
	householdId: string;
	household: string;
	/** whether they come; null: they have not said */
	said: 'yes' | null;
	tableId: string | null;
	number: number | null;
	isLocked: boolean;
	highChair: boolean;
	wheelchair: boolean;
	/** of those who may not read it: false */
	hasDiet: boolean;
};

export type Taken = Placed & { tableId: string; number: number };

export const isSeated = (one: Placed): one is Taken => one.tableId !== null;

/** A household of which somebody stands. */
export type Standing = { id: string; name: string; guests: Placed[] };

/** Those who do not sit yet, by household, of whom or of which these words are in the name. */
export function listStanding(all: Placed[], words = ''): Standing[] {
	const sought = fold(words);
	const found = all.filter(
		(one) => !isSeated(one) && (fold(one.name).includes(sought) || fold(one.household).includes(sought))
	);
	return [...Map.groupBy(found, ({ householdId }) => householdId)].map(([id, guests]) => ({
		...{ id, name: guests[0]!.household, guests }
	}));
}

/** The seats of a table that nobody has, in their order. */
export function listFree({ seats }: Pick<RoomTable, 'seats'>, taken: { number: number }[]): number[] {
	const numbers = new Set(taken.map(({ number }) => number));
	return Array.from({ length: seats }, (_, n) => n + 1).filter((number) => !numbers.has(number));
}

export const sitAt = (all: Placed[], tableId: string): Taken[] =>
	all
		.filter(isSeated)
		.filter((one) => one.tableId === tableId)
		.sort((one, other) => one.number - other.number);

/** `sitAt` for all tables at once: a list of thousands is gone through one time. */
export function groupByTable(all: Placed[]): (tableId: string) => Taken[] {
	const groups = Map.groupBy(all.filter(isSeated), ({ tableId }) => tableId);
	for (const group of groups.values()) group.sort((one, other) => one.number - other.number);
	return (tableId) => groups.get(tableId) ?? [];
}

/** Where somebody sits, as a form says it back. */
export const placeOf = ({ tableId, number }: Pick<Placed, 'tableId' | 'number'>) =>
	tableId ? `${tableId}.${number}` : '';
