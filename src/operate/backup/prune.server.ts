import { before, DAY } from '../../lib/kernel/clock.ts';
import { kept, MARKER, objectName, snapshots } from './snapshot.ts';
import type { Store, Stored } from './store.server.ts';

/**
 * Lets older snapshots go, as snapshot.ts says, and then what none of those that stay needs. `there` is what was in
 * the store before `newest`, which needs `needed`. Nothing younger than a day goes but snapshots: it may belong to
 * one that is being made. Returns how many snapshots went.
 */
export async function prune(
	store: Store,
	there: Stored[],
	newest: string,
	needed: ReadonlySet<string>
): Promise<number> {
	const names = new Set(there.map(({ name }) => name));
	const all = snapshots([...names, `snapshots/${newest}.age`]);
	const staying = kept(all);
	const dropped = all.filter((name) => !staying.has(name));
	// the list of its objects goes after the snapshot: without it nothing would be known of what it needs
	await store.remove(dropped.map((name) => `snapshots/${name}.age`));
	await store.remove(dropped.map((name) => `snapshots/${name}.objects`));

	const yesterday = before(DAY);
	const isOfStaying = (name: string) => staying.has(name.replace(/^snapshots\/|\.(age|objects)$/g, ''));
	const old = there.filter(
		({ name, changedAt }) =>
			changedAt < yesterday && name !== MARKER && !needed.has(name) && !isOfStaying(name)
	);
	const mayGo = old.filter(({ name }) => /^(objects|snapshots|unfinished)\//.test(name));
	if (mayGo.length === 0) return dropped.length;
	const others = await Promise.all(
		[...staying].filter((name) => name !== newest).map((name) => objectsOf(store, name))
	);
	const isNeeded = new Set(others.flat());
	await store.remove(mayGo.map(({ name }) => name).filter((name) => !isNeeded.has(name)));
	return dropped.length;
}

/** What a snapshot needs: it says so outside of what is sealed, for the server that prunes cannot open it. */
async function objectsOf(store: Store, snapshot: string): Promise<string[]> {
	return (await list(store, snapshot)).map(({ sha256 }) => objectName(sha256));
}

/** Throws a Problem when the list is not there, and nothing is removed then. */
export async function list(store: Store, snapshot: string): Promise<{ sha256: string; bytes: number }[]> {
	const text = await new Response(await store.get(`snapshots/${snapshot}.objects`)).text();
	return text
		.split('\n')
		.filter(Boolean)
		.map((line) => {
			const [sha256 = '', bytes] = line.split(' ');
			return { sha256, bytes: Number(bytes) };
		});
}
