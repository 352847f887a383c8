import { createHash } from 'node:crypto';
import { Problem } from '../../lib/kernel/problem.ts';
import { readObject } from './objects.server.ts';
import { list } from './prune.server.ts';
import { find } from './restore.server.ts';
import type { Seal, Unseal } from './seal.server.ts';
import { choose, objectName, snapshots } from './snapshot.ts';
import type { Store } from './store.server.ts';

export type Checked = { snapshot: string; objects: number; bytes: number };

/**
 * Without the secret key: everything that a snapshot needs is in the store, at its full length. What is in it only
 * the key can tell. Throws a Problem that says what is missing.
 */
export async function lengths(store: Store, seal: Seal, time: string): Promise<Checked> {
	const there = new Map((await store.list()).map(({ name, bytes }) => [name, bytes]));
	const snapshot = choose(snapshots(there.keys()), time);
	if (!snapshot) throw new Problem(`BACKUP_TO holds no backup of ${time}.`);
	const needed = await list(store, snapshot);
	const wrong = needed.filter(
		({ sha256, bytes }) => there.get(objectName(sha256)) !== seal.sealedBytes(bytes)
	);
	if (wrong.length > 0)
		throw new Problem(
			`The backup ${snapshot} is not whole: ${wrong.length} of its ${needed.length} objects are missing or cut short. The next backup puts back those that are still here.`
		);
	return { snapshot, objects: needed.length, bytes: needed.reduce((sum, { bytes }) => sum + bytes, 0) };
}

/** With the secret key: opens everything and compares every byte, row and sum. Throws a Problem. */
export async function contents(store: Store, unseal: Unseal, when: string): Promise<Checked> {
	const { snapshot, manifest } = await find(store, unseal, when);
	const found = { snapshot, objects: 0, bytes: 0 };
	for (const { name, rows, pieces, sha256 } of manifest.tables) {
		const whole = createHash('sha256');
		let lines = 0;
		for (const piece of pieces) {
			for await (const part of readObject(store, unseal, piece)) {
				whole.update(part);
				lines += count(part);
				found.bytes += part.length;
			}
			found.objects++;
		}
		if (lines !== rows || whole.digest('hex') !== sha256)
			throw new Problem(`The table ${name} in the backup ${snapshot} has ${lines} of its ${rows} rows.`);
	}
	for (const { sha256, bytes } of manifest.recordings) {
		if (!sha256) continue;
		for await (const part of readObject(store, unseal, { sha256, bytes })) found.bytes += part.length;
		found.objects++;
	}
	return found;
}

/** COPY writes a line for each row, and a line end within a value as \n. */
function count(part: Uint8Array): number {
	let lines = 0;
	for (let at = part.indexOf(10); at >= 0; at = part.indexOf(10, at + 1)) lines++;
	return lines;
}
