import { fromAbsolute, parseDateTime, toCalendarDateTime, toZoned } from '@internationalized/date';

/** "2027-06-12T14:30", as a `datetime-local` field has it. */
export const LOCAL_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/;

/** Whether there is such a day and time on some clock; 31 February is on none. */
export function isLocalTime(typed: string): boolean {
	return LOCAL_TIME.test(typed) && typed >= '1000' && !Number.isNaN(Date.parse(`${typed}Z`));
}

/**
 * When a clock in that zone shows this. Of an hour that summer time repeats the first; in the hour that it skips as
 * much later as the clock was put forward.
 */
export function toInstant(local: string, timeZone: string): Date {
	return toZoned(parseDateTime(local), timeZone, 'compatible').toDate();
}

/** What a clock in that zone shows then. */
export function toLocal(instant: Date, timeZone: string): string {
	return toCalendarDateTime(fromAbsolute(instant.getTime(), timeZone)).toString().slice(0, 16);
}
