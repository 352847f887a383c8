/** What happened at an entrance: a fact that is never changed. They agree in whatever order they are heard of. */
export type Arrival = {
	/** made where it happened */
	id: string;
	eventId: string;
	kind: 'in' | 'out' | 'undo';
	/** null for somebody who is not on the list: then there is a `walkInId` */
	guestId: string | null;
	/** the same for all that happens to one who is not on the list */
	walkInId: string | null;
	walkInName: string;
	/** of the one that is taken back */
	undoesId: string | null;
	/** in milliseconds since 1970, by the clock of the server once it has heard of it */
	at: number;
};

/** How somebody stands at an event. */
export type Standing = { isInside: boolean; at: number; guestId: string | null; walkInName: string };

export const personOf = ({ guestId, walkInId }: Pick<Arrival, 'guestId' | 'walkInId'>): string =>
	guestId ?? walkInId ?? '';

/** Everybody who ever came to this event, by `personOf`, with what was last said of them. */
export function stand(arrivals: Iterable<Arrival>, eventId: string): Map<string, Standing> {
	const standing = new Map<string, Standing>();
	for (const one of valid(arrivals, eventId)) {
		const { guestId, walkInName } = one;
		const before = standing.get(personOf(one));
		standing.set(personOf(one), {
			isInside: one.kind === 'in',
			at: one.at,
			guestId,
			walkInName: walkInName || before?.walkInName || ''
		});
	}
	return standing;
}

/** How many are inside at this event. */
export function countInside(arrivals: Iterable<Arrival>, eventId: string): number {
	return [...stand(arrivals, eventId).values()].filter(({ isInside }) => isInside).length;
}

/** Those of an event that nobody took back, oldest first; of the same moment in an order that all phones share. */
function valid(arrivals: Iterable<Arrival>, eventId: string): Arrival[] {
	const here = new Map<string, Arrival>();
	for (const one of arrivals) if (one.eventId === eventId) here.set(one.id, one);
	const undos = new Map<string, Arrival[]>();
	for (const one of here.values())
		if (one.undoesId) undos.set(one.undoesId, [...(undos.get(one.undoesId) ?? []), one]);
	// one that was taken back itself takes back nothing
	const isUndone = (id: string, seen: readonly string[] = []): boolean =>
		!seen.includes(id) && (undos.get(id) ?? []).some((undo) => !isUndone(undo.id, [...seen, id]));
	return [...here.values()]
		.filter(({ id, kind }) => kind !== 'undo' && !isUndone(id))
		.sort((one, other) => one.at - other.at || (one.id < other.id ? -1 : 1));
}
