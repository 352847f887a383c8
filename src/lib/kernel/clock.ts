/** The one place that asks what time it is, so that tests can set it. */
export const clock = { now: () => new Date() };

/** So long from now, or from `start`. */
export function after(seconds: number, start = clock.now()): Date {
	return new Date(start.getTime() + seconds * 1000);
}

/** So long ago. */
export function before(seconds: number): Date {
	return after(-seconds);
}

export const MINUTE = 60;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
