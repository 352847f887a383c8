export type Direction = 'up' | 'down';

/** The same ids, one of them a place further up or down as far as there are places; null where it is not among them. */
export function shift(ids: string[], id: string, direction: Direction): string[] | null {
	const place = ids.indexOf(id);
	if (place < 0) return null;
	return ids.toSpliced(place, 1).toSpliced(Math.max(0, place + (direction === 'up' ? -1 : 1)), 0, id);
}
