import { openBrowserDatabase } from '../kernel/db/browser-database.ts';
import type { Arrival } from './arrival.ts';
import type { Expected } from './expected.ts';

/*
 * What this phone keeps, so that it works without network: the list, what happened at any door as far as it has heard, and
 * what it noted itself and nobody has yet.
 */

export type Kept = Arrival & { isSent: boolean };
/** `ahead`: how far the server's clock is ahead of the phone's, in milliseconds. */
export type Facts = { expected: Expected | null; arrivals: Kept[]; after: string; ahead: number };

const ask = openBrowserDatabase('door', { arrivals: { keyPath: 'id' }, values: {} });

/** The page itself, for static/door-worker.js. */
const PAGE = 'door';

export async function read(): Promise<Facts> {
	let found: IDBRequest<Kept[]>, expected: IDBRequest<Expected>, ahead: IDBRequest<number>;
	const after = await ask<string>('readonly', ({ arrivals, values }) => {
		found = arrivals.getAll();
		expected = values.get('expected');
		ahead = values.get('ahead');
		return values.get('after');
	});
	return {
		...{ expected: expected!.result ?? null, ahead: ahead!.result ?? 0 },
		...{ arrivals: found!.result, after: after ?? '0' }
	};
}

export const keepList = (expected: Expected) =>
	ask('readwrite', ({ values }) => values.put(expected, 'expected'));

export async function keepArrivals(facts: Kept[]): Promise<void> {
	if (facts.length) await ask('readwrite', ({ arrivals }) => facts.map((one) => arrivals.put(one)).at(-1)!);
}

type News = { arrivals: Arrival[]; after: string; refused: string[] };

/** What was heard with a report, of which `refused` are nobody's. */
export const keepNews = ({ arrivals: news, after, refused }: News, ahead: number) =>
	ask('readwrite', ({ arrivals, values }) => {
		for (const one of news) arrivals.put({ ...one, isSent: true });
		for (const id of refused) arrivals.delete(id);
		values.put(ahead, 'ahead');
		return values.put(after, 'after');
	});

/** For a phone that may have the list no more: all goes but what nobody has heard of yet. */
export async function forgetHeard(unsent: Kept[]): Promise<void> {
	await ask('readwrite', ({ arrivals, values }) => {
		arrivals.clear();
		for (const one of unsent) arrivals.put(one);
		return values.clear();
	});
	if (unsent.length === 0) await forgetPage();
}

export async function forget(): Promise<void> {
	await ask('readwrite', ({ arrivals, values }) => {
		arrivals.clear();
		return values.clear();
	});
	await forgetPage();
}

// no other site can, but one that is open by http has none
const forgetPage = async () => globalThis.caches?.delete(PAGE);
