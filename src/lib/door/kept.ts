import type { Arrival } from './arrival.ts';
import type { Expected } from './expected.ts';

/*
 * What this phone keeps, so that it works without network: the list, what happened at any door as far as it has heard, and
 * what it noted itself and nobody has yet.
 */

export type Kept = Arrival & { isSent: boolean };
export type Facts = { expected: Expected | null; arrivals: Kept[]; after: string };

let opened: Promise<IDBDatabase> | undefined;

function open(): Promise<IDBDatabase> {
	opened ??= new Promise((resolve, reject) => {
		const asked = indexedDB.open('door', 1);
		asked.onupgradeneeded = () => {
			asked.result.createObjectStore('arrivals', { keyPath: 'id' });
			asked.result.createObjectStore('values');
		};
		asked.onsuccess = () => resolve(asked.result);
		asked.onerror = () => reject(asked.error);
	});
	return opened;
}

type Stores = { arrivals: IDBObjectStore; values: IDBObjectStore };

/** Resolves when it is on the phone's disk. */
async function ask(mode: IDBTransactionMode, act: (stores: Stores) => void): Promise<void> {
	const database = await open();
	return new Promise((resolve, reject) => {
		const transaction = database.transaction(['arrivals', 'values'], mode, { durability: 'strict' });
		act({ arrivals: transaction.objectStore('arrivals'), values: transaction.objectStore('values') });
		transaction.oncomplete = () => resolve();
		transaction.onabort = () => reject(transaction.error);
	});
}

export async function read(): Promise<Facts> {
	let found: IDBRequest<Kept[]>, expected: IDBRequest<Expected>, after: IDBRequest<string>;
	await ask('readonly', ({ arrivals, values }) => {
		found = arrivals.getAll();
		expected = values.get('expected');
		after = values.get('after');
	});
	return {
		expected: expected!.result ?? null,
		arrivals: found!.result,
		after: after!.result ?? '0'
	};
}

export const keepList = (expected: Expected) =>
	ask('readwrite', ({ values }) => values.put(expected, 'expected'));

export const keepArrivals = (facts: Kept[]) =>
	ask('readwrite', ({ arrivals }) => {
		for (const one of facts) arrivals.put(one);
	});

/** What was heard with a report, of which `refused` are nobody's. */
export const keepNews = (news: Arrival[], after: string, refused: string[]) =>
	ask('readwrite', ({ arrivals, values }) => {
		for (const one of news) arrivals.put({ ...one, isSent: true });
		for (const id of refused) arrivals.delete(id);
		values.put(after, 'after');
	});

export const forget = () =>
	ask('readwrite', ({ arrivals, values }) => {
		arrivals.clear();
		values.clear();
	});
