import * as allowances from '../kernel/db/allowances.server.ts';
import * as limits from '../kernel/db/limits.server.ts';
import { clock, HOUR } from '../kernel/clock.ts';
import { settings } from '../kernel/settings.server.ts';
import { type Headers, readLimits } from './limits.ts';

/* When MailerSend may be asked for something, for all processes. Its limits in a good year; when an account is young or
   under review they are lower, which its answers say. */

/** The kinds of requests that have limits of their own. */
export type Way = 'single' | 'bulk' | 'other';

/** Seconds between two: 120, 10 and 60 a minute are allowed. */
const PACE: Record<Way, { name: string; seconds: number }> = {
	single: { name: 'mailersend', seconds: 0.51 },
	bulk: { name: 'mailersend-bulk', seconds: 6.1 },
	other: { name: 'mailersend-other', seconds: 1.05 }
};
const QUOTA = 'mailersend-quota';
const DAILY = 'mailersend-daily';
const SIZE = 'mailersend-bulk-size';
const PROBE = 'mailersend-bulk-probe';

/** Mails that go out with one request. How many may is said nowhere: with their pages these are a megabyte. */
const MOST_AT_ONCE = 50;
/** Of the day's requests so many are kept for who logs in or answers, or the tenth of them. */
const KEPT = 20;

export const isLocal = !settings.MAILERSEND_API_TOKEN;

/** What may still go out today in bulk; nothing is known of a day that has just begun. */
export type Day = { requests: number; seconds: number };

/** Waits until a request of this kind is not too many. */
export async function waitForTurn(way: Way): Promise<void> {
	if (!isLocal) await limits.pace(PACE[way].name, PACE[way].seconds);
}

/** For how many seconds it is of no use to ask: what is kept of the day is not for bulk. */
export async function findWait(way: Way): Promise<number> {
	if (isLocal) return 0;
	const found = await allowances.find([PACE[way].name, QUOTA, DAILY]);
	const rate = found[PACE[way].name];
	const day = found[QUOTA];
	const kept = way === 'bulk' ? keep(found[DAILY]?.left) : 0;
	return Math.max(rate?.left === 0 ? rate.seconds : 0, day && day.left <= kept ? day.seconds : 0);
}

/** What is left of this day for bulk; undefined where that is not known. */
export async function findDay(): Promise<Day | undefined> {
	if (isLocal) return undefined;
	const found = await allowances.find([QUOTA, DAILY]);
	const day = found[QUOTA];
	return day && { requests: Math.max(0, day.left - keep(found[DAILY]?.left)), seconds: day.seconds };
}

const keep = (daily = 0) => Math.max(KEPT, Math.floor(daily / 10));

/** Remembers what an answer says; `complaint` is that of a 429. What an answer means does not depend on it. */
export async function learn(way: Way, headers: Headers, complaint?: string): Promise<void> {
	const { rate, quota } = readLimits(headers, clock.now(), complaint);
	if (rate) await allowances.note(PACE[way].name, rate.left, rate.reset);
	if (quota) await allowances.note(QUOTA, quota.left, quota.reset);
}

/** The day's requests: how many there are, and what is left of them until `reset`. */
export async function noteDay(daily: number, left: number, reset: Date): Promise<void> {
	await allowances.note(DAILY, daily, reset);
	await allowances.note(QUOTA, left, reset);
}

/** How many mails to put into one request. */
export async function findSize(): Promise<number> {
	const found = await allowances.find([SIZE, PROBE]);
	const least = Math.min(MOST_AT_ONCE, ...[found[SIZE], found[PROBE]].flatMap((one) => one?.left ?? []));
	return Math.max(1, least);
}

/** More than so many are refused: so many and no more, for an hour. */
export async function noteSize(size: number): Promise<void> {
	await allowances.note(SIZE, size, HOUR);
}

/** After a request of which nobody knows whether it was taken the next is for a single mail, until one was. */
export async function probe(isOver: boolean): Promise<void> {
	await allowances.note(PROBE, 1, isOver ? 0 : HOUR);
}

/** How many mails leave at once, and the seconds between two times. */
export async function findPace(): Promise<{ size: number; pace: number }> {
	return { size: await findSize(), pace: isLocal ? 0 : PACE.bulk.seconds };
}
