import { fold } from '../kernel/text/fold.ts';
import type { Standing } from './arrival.ts';
import { DIGEST_LENGTH, type Expected, type ExpectedGuest, type ExpectedHousehold } from './expected.ts';

/** How a guest stands at an event, for whoever is at its door. */
export type GuestState = 'inside' | 'left' | 'expected' | 'silent' | 'declined' | 'waiting' | 'unasked';

/** What is said of a household at an event, at a glance. */
export type Verdict = 'welcome' | 'inside' | 'silent' | 'declined' | 'unasked';

const SAID = { yes: 'expected', no: 'declined', waiting: 'waiting' } as const;

export function stateOf(guest: ExpectedGuest, eventId: string, standing?: Standing): GuestState {
	if (standing) return standing.isInside ? 'inside' : 'left';
	const asked = guest.asked[eventId];
	if (!asked) return 'unasked';
	return asked.state ? SAID[asked.state] : 'silent';
}

/** The best that can be said of any of them. */
export function judge(states: GuestState[]): Verdict {
	const has = (...wanted: GuestState[]) => states.some((state) => wanted.includes(state));
	if (has('expected', 'left')) return 'welcome';
	if (has('inside')) return 'inside';
	if (has('silent', 'waiting')) return 'silent';
	return has('declined') ? 'declined' : 'unasked';
}

/** How many have said that they come to an event. */
export function countExpected({ households }: Expected, eventId: string): number {
	return households.flatMap(({ guests }) => guests).filter(({ asked }) => asked[eventId]?.state === 'yes')
		.length;
}

export type Entry = { household: ExpectedHousehold; text: string };

/** Made once for a list: each household with the names by which it is found. */
export function prepare({ households }: Expected): Entry[] {
	return households.map((household) => {
		const names = [household.name, ...household.guests.map(({ name }) => name)];
		return { household, text: names.map(fold).join(' ') };
	});
}

/** Households in which each of the words stands, as people type names. */
export function search(entries: Entry[], typed: string): ExpectedHousehold[] {
	const words = typed.split(/\s+/).map(fold).filter(Boolean);
	if (words.length === 0) return [];
	return entries
		.filter(({ text }) => words.every((word) => text.includes(word)))
		.map(({ household }) => household);
}

/** A card's code holds twelve letters and digits, in its address or as it is typed. */
const CODE = /(?:^|\/i\/)([A-Z2-9]{12})\/?$/;

/** What a card, a hand scanner or a person gives, if it may be a code. */
export function readCode(given: string): string | undefined {
	const compact = given.trim().toUpperCase();
	const typed = /\/I\//.test(compact) ? compact.replace(/^.*\/I\//, '/i/') : compact.replace(/[\s-]/g, '');
	return CODE.exec(typed)?.[1];
}

/** Whose card it is; undefined for one that is not of this wedding. */
export async function findByCode(
	{ households }: Expected,
	code: string
): Promise<ExpectedHousehold | undefined> {
	const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(code));
	const text = [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
	return households.find(({ codeDigest }) => codeDigest === text.slice(0, DIGEST_LENGTH));
}

/** The event that is going on or next: the last that began, or will within three hours, and else the first. */
export function pickEvent({ events }: Expected, now: number): string | undefined {
	const soon = now + 3 * 60 * 60 * 1000;
	const begun = events.filter(({ startsAt }) => Date.parse(startsAt) <= soon);
	return (begun.at(-1) ?? events[0])?.id;
}
