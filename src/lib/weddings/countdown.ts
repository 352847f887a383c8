import { m } from '../i18n/compiled/messages.js';
import { distance, wallTime } from '../i18n/format.ts';
import type { Wedding } from './wedding.ts';

const DAY = 24 * 3600_000;

/** How many days it is until then by the wedding's own calendar; less than none once it is over. */
export function countDays({ timeZone }: Pick<Wedding, 'timeZone'>, heldOn: Date, now: Date): number {
	const today = wallTime(now, timeZone).slice(0, 10);
	return Math.round((heldOn.getTime() - Date.parse(today)) / DAY);
}

/** "in 12 days", "tomorrow", "today", "a week ago", within a line. */
export function sayCountdown(days: number, language: string): string {
	if (days > -7) return distance(days, 'day', language);
	if (days > -14) return m.home_week_ago();
	if (days > -61) return distance(Math.ceil(days / 7), 'week', language);
	if (days > -731) return distance(Math.ceil(days / 30.44), 'month', language);
	return distance(Math.ceil(days / 365.25), 'year', language);
}
