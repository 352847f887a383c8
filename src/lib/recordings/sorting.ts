import type { Averages, Listed } from './recording.ts';

export const ORDERS = ['couple', 'date', 'title', 'average'] as const;
export type Order = (typeof ORDERS)[number];

/** What an address asks for, as far as this viewer may: averages are for whom they are shown to. */
export function asOrder(asked: string | null, averages: Averages | null): Order {
	const order = ORDERS.find((known) => known === asked) ?? 'couple';
	return order === 'average' && !averages ? 'couple' : order;
}

type Sortable = Pick<Listed, 'id' | 'title' | 'recordedOn'>;

/** In `order`; those that are alike in it, or without a date or stars, stay in that of the couple. */
export function sort<Line extends Sortable>(
	recordings: readonly Line[],
	order: Order,
	{ averages, language }: { averages: Averages | null; language: string }
): Line[] {
	const compare: Record<Order, (one: Line, other: Line) => number> = {
		couple: () => 0,
		date: (one, other) => day(one) - day(other) || 0,
		title: (one, other) => one.title.localeCompare(other.title, language, { numeric: true }),
		average: (one, other) => (averages?.of[other.id]?.average ?? 0) - (averages?.of[one.id]?.average ?? 0)
	};
	return recordings.toSorted(compare[order]);
}

/** Those without a day come last; two of them are alike, which Infinity less Infinity is not: see `|| 0`. */
const day = ({ recordedOn }: Sortable) => recordedOn?.getTime() ?? Infinity;
