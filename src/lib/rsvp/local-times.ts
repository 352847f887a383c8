import { toLocal } from '../kernel/text/local-time.ts';
import type { Event } from './event.ts';

/** With its times as the fields of a form have them. */
export function addLocalTimes(event: Event, timeZone: string) {
	const { startsAt, endsAt } = event;
	const endsLocal = endsAt ? toLocal(endsAt, timeZone) : '';
	return { ...event, startsLocal: toLocal(startsAt, timeZone), endsLocal };
}
