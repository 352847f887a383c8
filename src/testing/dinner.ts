import { EventDetails } from '#lib/rsvp/event.schema.ts';
import * as events from '#lib/rsvp/events.server.ts';
import { makeWedding } from './fixtures.ts';

const words = { en: '', nl: '' };
export const details = EventDetails.parse({
	...{ name: { en: 'Dinner', nl: 'Diner' }, startsAt: '2066-06-12T18:00', endsAt: '', place: '' },
	...{ address: '', mapUrl: '', dressCode: words, note: words },
	meals: { 0: { en: 'Soup', nl: '' }, 1: { en: 'Fish', nl: '' } }
});

/** A wedding with one event that everybody is asked to, who choose from two meals. */
export async function makeDinner() {
	const wedding = await makeWedding();
	const id = await events.add(wedding.couple, { ...details, asked: 'everybody' });
	const [soup, fish] = (await events.get(wedding.couple, id)).meals as unknown as [
		{ id: string },
		{ id: string }
	];
	return { ...wedding, id, soup, fish };
}
export type Dinner = Awaited<ReturnType<typeof makeDinner>>;
