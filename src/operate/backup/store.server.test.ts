import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBucketServer } from '../../testing/bucket-server.ts';
import { folder } from '../../testing/drill.ts';
import { hasSshd, startSshd } from '../../testing/sshd.ts';
import { Problem } from '../../lib/kernel/problem.ts';
import { settings } from '../../lib/kernel/settings.server.ts';
import { open, type Store } from './store.server.ts';

const bucket = await startBucketServer();
Object.assign(settings, bucket.settings);
afterAll(() => bucket.stop());

let sshd: Awaited<ReturnType<typeof startSshd>>;
beforeAll(async () => {
	if (!hasSshd) return;
	sshd = await startSshd(join(folder, 'sshd'));
	settings.BACKUP_SSH_OPTIONS = sshd.options;
});
afterAll(() => sshd?.stop());
if (!hasSshd) console.warn('SKIPPED: sshd or ssh is not installed, so backups over ssh are not tried');

const PLACES: [string, boolean, (name: string) => string][] = [
	['a folder', true, (name) => join(folder, name)],
	['a bucket', true, (name) => `s3://vowtape/${name}`],
	['ssh', hasSshd, (name) => `${sshd.url}${join(folder, name)}`]
];

describe.each(PLACES)('%s', (kind, isThere, place) => {
	const inPlace = async (name: string, use: (store: Store) => Promise<void>) => {
		const store = await open(place(`${kind} ${name}'s`.replaceAll(' ', '%20').replace(/%20/g, '-')));
		await use(store).finally(() => store.close());
	};
	const pieces = (...sizes: number[]) => Readable.from(sizes.map((bytes) => randomBytes(bytes)));
	const named = async (store: Store) => (await store.list()).map(({ name }) => name).sort();

	it.skipIf(!isThere)('gives back what it was given, whatever its length', () =>
		inPlace('same', async (store) => {
			expect(await store.list()).toEqual([]);
			for (const bytes of [0, 1, 3_000_000]) {
				const content = randomBytes(bytes);
				await store.put(`objects/ab/${bytes}.age`, Readable.from([content]), bytes);
				const back = await new Response(await store.get(`objects/ab/${bytes}.age`)).bytes();
				expect(content.equals(back)).toBe(true);
			}
			const stored = await store.list();
			expect(stored.map(({ bytes }) => bytes).sort()).toEqual([0, 1, 3_000_000]);
			for (const { changedAt } of stored)
				expect(Math.abs(changedAt.getTime() - Date.now())).toBeLessThan(60_000);
		})
	);

	it.skipIf(!isThere)('replaces, and removes, also what is not there', () =>
		inPlace('again', async (store) => {
			await store.put('a', Readable.from([Buffer.from('one')]), 3);
			await store.put('a', Readable.from([Buffer.from('other')]), 5);
			expect(await new Response(await store.get('a')).text()).toBe('other');
			await store.remove(['a', 'b']);
			expect(await store.list()).toEqual([]);
		})
	);

	it.skipIf(!isThere)('keeps nothing of what does not come whole', () =>
		inPlace('whole', async (store) => {
			await store.put('a', pieces(10), 10);
			await expect(store.put('short', pieces(5), 10)).rejects.toThrow();
			await expect(store.put('long', pieces(20), 10)).rejects.toThrow();
			const breaking = Readable.from(
				(async function* () {
					yield randomBytes(5);
					throw new Error('cannot be read any more');
				})()
			);
			await expect(store.put('broken', breaking, 10)).rejects.toThrow('cannot be read any more');
			expect(await named(store)).toEqual(['a']);
		})
	);

	it.skipIf(!isThere)('says what is missing, in one line', () =>
		inPlace('missing', async (store) => {
			await store.put('a', pieces(1), 1);
			const reading = store.get('b').then((content) => new Response(content).text());
			await expect(reading).rejects.toThrow(Problem);
			await expect(reading).rejects.toThrow(/^BACKUP_TO: .*no such file.*$/i);
		})
	);
});

it.skipIf(!hasSshd)('says that the other machine does not let us in', async () => {
	settings.BACKUP_SSH_OPTIONS = sshd.options.replace(/-i \S+/, '-o IdentitiesOnly=yes -i /nonexistent');
	const store = await open(`${sshd.url}${folder}`);
	await expect(store.list()).rejects.toThrow(/^BACKUP_TO: ssh to 127.0.0.1 failed: .*Permission denied/);
	await store.close();
	settings.BACKUP_SSH_OPTIONS = sshd.options;
});
