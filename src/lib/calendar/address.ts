export type Address = { page: string; app: string; google: string };

/** Where a household's calendar is, and how an app is told to keep it: the usual ones know `webcal`, Google has a page for it. */
export function addressesOf(origin: string, secret: string): Address {
	const page = `${origin}/feed/${secret}.ics`;
	const app = page.replace(/^https?/, 'webcal');
	return { page, app, google: `https://calendar.google.com/calendar/r?cid=${encodeURIComponent(app)}` };
}
