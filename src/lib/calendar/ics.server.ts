import ical, { ICalEventStatus } from 'ical-generator';
import { HOUR } from '../kernel/clock.ts';
import type { Entry } from '../rsvp/entry.ts';
import { readIn } from '../i18n/words.ts';

type Written = { name: string; language: string; origin: string; writtenAt: Date };

/**
 * iCalendar (RFC 5545). Times are in UTC: with a time zone the library would write the clock of this process, and every
 * app shows UTC on the clock of whoever looks.
 */
export function writeCalendar(entries: Entry[], { name, language, origin, writtenAt }: Written): string {
	const calendar = ical({
		name,
		prodId: { company: 'Vowtape', product: 'Vowtape', language: language.toUpperCase() },
		ttl: 6 * HOUR
	});
	for (const entry of entries) {
		const { id, startsAt, endsAt, sequence, place, address, dressCode, note, isCancelled } = entry;
		calendar.createEvent({
			...{ id: `${id}@${new URL(origin).host}`, sequence, stamp: writtenAt, start: startsAt, end: endsAt },
			summary: `${readIn(entry.name, language)} · ${name}`,
			location: [place, address].filter(Boolean).join(', ') || null,
			description: [dressCode, note]
				.map((words) => readIn(words, language))
				.filter(Boolean)
				.join('\n\n'),
			url: `${origin}/`,
			status: isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED
		});
	}
	return calendar.toString();
}
