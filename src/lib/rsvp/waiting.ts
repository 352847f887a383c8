import type { Replies, Sheet, SheetGuest } from './reply.ts';

/** How a household waits for places at one event. */
export type Wait = {
	/** they would rather come in part than not at all */
	comesInPart: boolean;
	/** places that are held for them, until then; none while it is not their turn */
	offeredPlaces: number | null;
	offeredUntil: Date | null;
};

export type WaitingHousehold = Wait & {
	householdId: string;
	household: string;
	guests: number;
	askedAt: Date;
};

type Event = Sheet['events'][0];
type Told = { replies: Replies };

export function listWaiting({ id, guests }: Event, { replies }: Told): SheetGuest[] {
	return guests.filter((guest) => replies[id]?.[guest.id]?.state === 'waiting');
}

/** Whether there is room for fewer than may still say yes, so that they are asked whether they want to wait. */
export function isShort(event: Event, sheet: Pick<Sheet, 'replies' | 'places' | 'brought'>): boolean {
	const { replies, places, brought } = sheet;
	const left = places[event.id];
	const more = event.guests.filter((guest) => replies[event.id]?.[guest.id]?.state !== 'yes');
	const others = Math.max(0, brought.allowed - brought.guests.length);
	return left !== undefined && left < more.length + others;
}

/** The events of which places are held for the household. */
export function listOffers({ events, waits }: Pick<Sheet, 'events' | 'waits'>) {
	return events.flatMap((event) => {
		const { offeredPlaces: places, offeredUntil: until } = waits[event.id] ?? {};
		return places && until ? [{ event, places, until }] : [];
	});
}
