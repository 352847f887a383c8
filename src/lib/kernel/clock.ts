/**
 * The one place that asks this machine what time it is, so that tests can set it. Not for rows: several machines
 * share them, and one may be an hour off. See `now` in db.server.ts.
 */
export const clock = { now: () => new Date() };

/** So long from now, or from `start`. */
export function after(seconds: number, start = clock.now()): Date {
	return new Date(start.getTime() + seconds * 1000);
}

/** So long ago, or before `end`. */
export function before(seconds: number, end = clock.now()): Date {
	return after(-seconds, end);
}

export const MINUTE = 60;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
