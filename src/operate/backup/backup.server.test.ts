import { createHash } from 'node:crypto';
import { readdir, readFile, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fill, install, type Install, keys, path, record } from '../../testing/drill.ts';
import { clock } from '../../lib/kernel/clock.ts';
import * as files from '../../lib/kernel/files/files.server.ts';
import { backUp } from './backup.server.ts';
import * as check from './check.server.ts';
import { open } from './folder-store.server.ts';
import { Objects } from './objects.server.ts';
import { find } from './restore.server.ts';
import { objectName, snapshots } from './snapshot.ts';
import type { Store } from './store.server.ts';

const key = await keys();
let live: Install;
let place: string;
let store: Store;
let weddingId: string;
let ids: string[];

beforeEach(async () => {
	live = await install();
	({ weddingId, ids } = await fill(live));
	place = `${live.uploads}-backups`;
	store = open(place);
});
afterEach(() => live.close());

const make = (to = store) => backUp({ store: to, seal: key.seal, databaseUrl: live.url, version: '1' });
const names = async () => (await store.list()).map(({ name }) => name);
const manifest = async () => (await find(store, key.unseal, 'latest')).manifest;

/** Calls `once` when the first object is on its way: the database is being copied. */
function interrupted(once: () => Promise<unknown>): Store {
	let called: Promise<unknown> | undefined;
	return {
		...store,
		put: async (name, content, bytes) => {
			if (name.startsWith('objects/')) await (called ??= once());
			return store.put(name, content, bytes);
		}
	};
}

async function remove(id: string) {
	await live.client.query('DELETE FROM recording WHERE id = $1', [id]);
	await files.remove(id);
}

describe('a backup', () => {
	it('costs the tenth time only what has changed', async () => {
		const first = await make();
		expect(first).toMatchObject({ recordings: 3, bytes: 600_000, damaged: [] });
		expect(first.written.bytes).toBeGreaterThan(600_000);
		for (let n = 2; n < 10; n++) await make();
		await record(live.client, weddingId, 50_000);
		const before = (await store.list()).reduce((sum, { bytes }) => sum + bytes, 0);
		const tenth = await make();
		const after = (await store.list()).reduce((sum, { bytes }) => sum + bytes, 0);
		// the recording, the table of recordings, the snapshot
		expect(tenth.written.objects).toBe(2);
		expect(after - before).toBeLessThan(50_000 + 10_000);
	});

	it('reads no recording that it has', async () => {
		await live.client.query(`UPDATE recording SET sha256 = sha256($1) WHERE id = $2`, [
			await readFile(path(ids[0]!)),
			ids[0]
		]);
		await make();
		await writeFile(path(ids[0]!), Buffer.alloc(200_000));
		expect((await make()).damaged).toEqual([]);
	});

	it('can be read back whole', async () => {
		const { snapshot } = await make();
		const found = await check.contents(store, key.unseal, 'latest');
		expect(found).toMatchObject({ snapshot });
		expect(await check.lengths(store, key.seal, 'latest')).toEqual(found);
	});

	it('puts back an object that was cut short', async () => {
		const sum = createHash('sha256')
			.update(await readFile(path(ids[0]!)))
			.digest('hex');
		await make();
		await truncate(join(place, objectName(sum)), 1000);
		await expect(check.lengths(store, key.seal, 'latest')).rejects.toThrow(
			/is not whole: 1 of its \d+ objects/
		);
		expect((await make()).written.objects).toBe(1);
		await check.contents(store, key.unseal, 'latest');
	});

	it('shows nothing of what is in it', async () => {
		await make();
		const stored = await Promise.all((await names()).map((name) => readFile(join(place, name), 'latin1')));
		expect(stored.filter((content) => /riet@example|Toast|wedding/.test(content))).toEqual([]);
	});

	it('holds neither sessions nor links', async () => {
		await make();
		const tables = (await manifest()).tables.map(({ name }) => name);
		expect(tables).toContain('guest');
		expect(tables.filter((name) => ['session', 'login_link', 'rate_limit'].includes(name))).toEqual([]);
	});

	it('knows every table, and there is nothing that counts up beside them', async () => {
		const { rows } = await live.client.query(
			`SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind NOT IN ('r', 'i', 'v')`
		);
		expect(rows).toEqual([]);
	});
});

describe('while it runs', () => {
	it('a recording that is removed takes its row along', async () => {
		const report = await make(interrupted(() => remove(ids[1]!)));
		expect(report).toMatchObject({ recordings: 2, damaged: [] });
		const { recordings, tables } = await manifest();
		expect(recordings.map(({ id }) => id)).not.toContain(ids[1]);
		expect(tables.find(({ name }) => name === 'recording')!.rows).toBe(2);
		await check.contents(store, key.unseal, 'latest');
	});

	it('a file that goes before its first byte is known to be gone', async () => {
		const gone = Readable.from(
			// eslint-disable-next-line require-yield
			(async function* () {
				throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
			})()
		);
		const objects = new Objects(store, key.seal, []);
		const putting = objects.put({ sha256: '0'.repeat(64), bytes: 5 }, gone);
		await expect(putting).rejects.toMatchObject({ code: 'ENOENT' });
		expect(await store.list()).toEqual([]);
	});

	it('a recording that is added waits for the next one', async () => {
		await make(interrupted(() => record(live.client, weddingId)));
		expect((await manifest()).recordings).toHaveLength(3);
		expect(await make()).toMatchObject({ recordings: 4, damaged: [] });
	});

	it('a second one waits for it', async () => {
		const others: Promise<unknown>[] = [];
		const waiting = `SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
			AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
		const isWaiting = async () => expect((await live.client.query(waiting)).rowCount).toBe(1);
		const slow = interrupted(async () => {
			others.push(make());
			await vi.waitFor(isWaiting, 10_000);
		});
		expect((await make(slow)).written.objects).toBeGreaterThan(0);
		expect(await others[0]).toMatchObject({ written: { objects: 0 } });
	});

	it('leaves no snapshot when it breaks', async () => {
		const broken = interrupted(() => Promise.reject(new Error('the line went dead')));
		await expect(make(broken)).rejects.toThrow('the line went dead');
		expect(snapshots(await names())).toEqual([]);
	});
});

describe('a file that is not what was uploaded', () => {
	it.each([
		['gone', (file: string) => rm(file)],
		['longer', (file: string) => writeFile(file, 'x', { flag: 'a' })]
	])('is told, and keeps nothing else from being backed up: %s', async (_, damage) => {
		await damage(path(ids[2]!));
		expect(await make()).toMatchObject({ recordings: 3, damaged: [ids[2]] });
		expect((await manifest()).recordings.find(({ id }) => id === ids[2])).toMatchObject({ sha256: null });
		await check.contents(store, key.unseal, 'latest');
	});

	it('is noticed by its sum when it is copied', async () => {
		await live.client.query(`UPDATE recording SET sha256 = '\\x${'00'.repeat(32)}' WHERE id = $1`, [ids[0]]);
		expect(await make()).toMatchObject({ damaged: [ids[0]] });
		expect(await readdir(join(place, 'unfinished'))).toEqual([]);
	});

	it('stays in the backup when it was there before', async () => {
		await live.client.query(`UPDATE recording SET sha256 = sha256($1) WHERE id = $2`, [
			await readFile(path(ids[0]!)),
			ids[0]
		]);
		await make();
		await rm(path(ids[0]!));
		expect(await make()).toMatchObject({ damaged: [ids[0]] });
		expect((await manifest()).recordings.find(({ id }) => id === ids[0])!.sha256).not.toBeNull();
	});
});

it('says that there is nothing yet in a database that is empty', async () => {
	const empty = await install({ isMigrated: false });
	const making = backUp({ store, seal: key.seal, databaseUrl: empty.url, version: '1' });
	await expect(making).rejects.toThrow(/^The database is empty: /);
	expect(snapshots(await names())).toEqual([]);
	await empty.close();
});

describe('the place of the backups', () => {
	it('is for one key', async () => {
		await make();
		const { seal, recipient } = await keys();
		const others = backUp({ store, seal, databaseUrl: live.url, version: '1' });
		await expect(others).rejects.toThrow(`BACKUP_TO holds backups for another key (${key.recipient})`);
		expect(recipient).not.toBe(key.recipient);
	});

	it('is refused when something else is in it', async () => {
		await store.put('holiday.jpg', new Blob(['x']).stream(), 1);
		await expect(make()).rejects.toThrow(/^BACKUP_TO holds something else already/);
		expect(await names()).toEqual(['holiday.jpg']);
	});

	it('loses what is old and not needed any more, and nothing that is young', async () => {
		const [old, young] = [objectName('a'.repeat(64)), objectName('b'.repeat(64))];
		const first = await make();
		for (const name of [old, young, 'unfinished/old']) await store.put(name, new Blob(['x']).stream(), 1);
		const twoDaysAgo = new Date(Date.now() - 2 * 24 * 3600_000);
		for (const name of (await names()).filter((name) => name !== young))
			await utimes(join(place, name), twoDaysAgo, twoDaysAgo);
		await remove(ids[1]!);

		vi.spyOn(clock, 'now').mockReturnValue(new Date(Date.now() + 60_000));
		const second = await make();
		vi.restoreAllMocks();
		const left = await names();
		expect(left).toContain(young);
		expect(left).not.toContain(old);
		expect(left).not.toContain('unfinished/old');
		expect(snapshots(left)).toContain(second.snapshot);
		for (const snapshot of snapshots(left)) await check.contents(store, key.unseal, snapshot);
		expect(first.snapshot < second.snapshot).toBe(true);
	});
});
