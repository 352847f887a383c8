/** Tells the site, from whichever page somebody signs out, that this would lose what was noted at the door. */
export const UNSENT_COOKIE = 'door-unsent';

const WEEK = 7 * 24 * 60 * 60;

export function markUnsent(count: number): void {
	const seconds = count > 0 ? WEEK : 0;
	document.cookie = `${UNSENT_COOKIE}=${count}; path=/; max-age=${seconds}; samesite=strict`;
}
