import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { copyFile, mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate } from '../../cli/migrate.ts';
import { list } from '../../cli/migrations.ts';
import { startBucketServer } from '../../testing/bucket-server.ts';
import { fill, folder, install, type Install, keys, rows, sums } from '../../testing/drill.ts';
import * as files from '../../lib/kernel/files/files.server.ts';
import { Problem } from '../../lib/kernel/problem.ts';
import { settings } from '../../lib/kernel/settings.server.ts';
import { backUp } from './backup.server.ts';
import { contents } from './check.server.ts';
import { open } from './folder-store.server.ts';
import { restore } from './restore.server.ts';

const place = join(folder, 'backups');
const store = open(place);
const key = await keys();
const migrations = list();
let old: Install;
let ids: string[];
let newest: string;

beforeAll(async () => {
	old = await install();
	({ ids } = await fill(old));
	({ snapshot: newest } = await backUp({ store, seal: key.seal, databaseUrl: old.url, version: '1' }));
});
afterAll(() => old.close());

function bring({ url, uploads }: Install, more: Partial<Parameters<typeof restore>[0]> = {}) {
	settings.UPLOADS_DIR = uploads;
	const usual = { store, unseal: key.unseal, when: 'latest', overwrite: false, migrations, migrate };
	return restore({ ...usual, databaseUrl: url, ...more });
}

/** What somebody would lose: all rows, and all that is in the folder. */
async function state(install: Install) {
	const { rows: found } = await install.client.query(`SELECT to_regclass('wedding') AS exists`);
	const files = await readdir(install.uploads, { recursive: true, withFileTypes: true });
	return {
		rows: found[0].exists ? await rows(install) : 'no tables',
		files: files.filter((entry) => entry.isFile()).map(({ name, parentPath }) => join(parentPath, name))
	};
}

async function count({ client }: Install, table: string): Promise<number> {
	return (await client.query(`SELECT count(*)::int AS count FROM ${table}`)).rows[0].count;
}

describe('a restore', () => {
	it('brings everything back to an empty host', async () => {
		const fresh = await install({ isMigrated: false });
		const restored = await bring(fresh);
		expect(restored).toMatchObject({ snapshot: newest, recordings: 3, bytes: 600_000, lost: [] });
		expect(await rows(fresh)).toEqual(await rows(old));
		expect(await sums(fresh.uploads)).toEqual(await sums(old.uploads));
		const { rows: known } = await fresh.client.query(
			`SELECT id, encode(sha256, 'hex') AS sum FROM recording`
		);
		expect(Object.fromEntries(known.map(({ id, sum }) => [id, sum]))).toEqual(await sums(old.uploads));
		expect(await migrate(fresh.url)).toEqual([]);
		await fresh.close();
	});

	it('brings back the picture that the couple put with a recording', async () => {
		const [from, cover, picture] = [await install(), randomUUID(), randomBytes(900)];
		const filled = await fill(from);
		await mkdir(join(from.uploads, cover));
		await writeFile(join(from.uploads, cover, 'original.jpg'), picture);
		await from.client.query(
			'UPDATE recording SET cover_id = $2, cover_bytes = 900, cover_sha256 = $3 WHERE id = $1',
			[filled.ids[0], cover, createHash('sha256').update(picture).digest()]
		);
		const own = open(join(folder, 'covers'));
		await backUp({ store: own, seal: key.seal, databaseUrl: from.url, version: '1' });
		const fresh = await install({ isMigrated: false });
		expect(await bring(fresh, { store: own })).toMatchObject({ lost: [] });
		expect((await readFile(join(fresh.uploads, cover, 'original.jpg'))).equals(picture)).toBe(true);
		await Promise.all([from.close(), fresh.close()]);
	});

	it('lets nobody in with what was open before, and sends nothing twice', async () => {
		const fresh = await install();
		await bring(fresh);
		expect([await count(fresh, 'session'), await count(fresh, 'login_link')]).toEqual([0, 0]);
		const { rows } = await fresh.client.query('SELECT state, reason FROM delivery ORDER BY address');
		expect(rows).toEqual([
			{ state: 'unsure', reason: 'restored' },
			{ state: 'sent', reason: null }
		]);
		await fresh.close();
	});

	it('refuses where there are weddings, or recordings, until it is told', async () => {
		const live = await install();
		const others = await fill(live, 1);
		await expect(bring(live)).rejects.toThrow(/^The database holds 1 wedding: add --overwrite/);
		await live.client.query('DELETE FROM wedding');
		await expect(bring(live)).rejects.toThrow(/^UPLOADS_DIR holds 1 recording: add --overwrite/);

		await bring(live, { overwrite: true });
		expect((await rows(live)).recording).toHaveLength(3);
		expect(Object.keys(await sums(live.uploads))).toEqual(expect.arrayContaining([...ids, ...others.ids]));
		await live.close();
	});

	it('replaces what is there, and mends a file that is not what it was', async () => {
		const live = await install();
		const { ids: gone } = await fill(live);
		await bring(live, { overwrite: true });
		const path = join(live.uploads, ids[0]!, 'original.mp3');
		await writeFile(path, Buffer.alloc(200_000));
		await bring(live, { overwrite: true });
		const found = await sums(live.uploads);
		expect(found).toMatchObject(await sums(old.uploads));
		expect((await rows(live)).recording).toHaveLength(3);
		expect(gone.some((id) => ids.includes(id))).toBe(false);
		await live.close();
	});

	it('leaves everything as it was when the database goes away before the end', async () => {
		const live = await install();
		await fill(live, 2);
		const before = await state(live);
		const cut = () =>
			live.client.query(
				`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
				WHERE application_name = 'vowtape backup' AND datname = current_database()`
			);
		await expect(bring(live, { overwrite: true, migrate: cut })).rejects.toThrow(
			/^The database did not take the backup, and is as it was: /
		);
		expect(await state(live)).toEqual(before);
		await live.close();
	});

	it('brings recordings to a bucket as well, and back from there', async () => {
		const bucket = await startBucketServer();
		const fresh = await install();
		Object.assign(settings, bucket.settings);
		try {
			await bring(fresh);
			expect((await files.ids()).sort()).toEqual(ids.toSorted());
			const stored = await Promise.all(ids.map(async (id) => [id, await files.sha256(id, 'mp3')]));
			expect(Object.fromEntries(stored)).toEqual(await sums(old.uploads));
			await expect(bring(fresh)).rejects.toThrow(/^The database holds 1 wedding/);

			const other = open(join(folder, 'from-bucket'));
			await backUp({ store: other, seal: key.seal, databaseUrl: fresh.url, version: '1' });
			settings.UPLOADS_TO = undefined;
			const home = await install();
			await bring(home, { store: other });
			expect(await sums(home.uploads)).toEqual(await sums(old.uploads));
			await home.close();
		} finally {
			settings.UPLOADS_TO = undefined;
			await fresh.close();
			await bucket.stop();
		}
	});

	it('takes the newest that is not after the time it is given', async () => {
		const fresh = await install();
		await expect(bring(fresh, { when: '2020-01-01' })).rejects.toThrow(/^There is no backup of 2020-01-01/);
		await expect(bring(fresh, { when: 'yesterday' })).rejects.toThrow(Problem);
		expect((await bring(fresh, { when: '2099-01' })).snapshot).toBe(newest);
		await fresh.close();
	});

	it('brings a backup of an older version to what this one needs', async () => {
		const sql = `ALTER TABLE guest ADD COLUMN nickname text NOT NULL DEFAULT 'none'; CREATE TABLE later (id int)`;
		const later = {
			name: '20991231000000_later',
			sql,
			checksum: createHash('sha256').update(sql).digest('hex')
		};
		const fresh = await install();
		const upgraded = { migrations: [...migrations, later], migrate: () => fresh.client.query(sql) };
		await bring(fresh, upgraded);
		const { rows } = await fresh.client.query('SELECT DISTINCT nickname FROM guest');
		expect(rows).toEqual([{ nickname: 'none' }]);
		await fresh.close();
	});

	it('refuses a backup of a newer version', async () => {
		const fresh = await install();
		await expect(bring(fresh, { migrations: [] })).rejects.toThrow(
			/^The backup was made by another version \(1, /
		);
		await fresh.close();
	});
});

describe('a backup that is not right', () => {
	const snapshot = () => join(place, 'snapshots', `${newest}.age`);
	const largest = async () => {
		const stored = (await store.list()).filter(({ name }) => name.startsWith('objects/'));
		return join(place, stored.toSorted((one, other) => other.bytes - one.bytes)[0]!.name);
	};
	const damages: [string, RegExp, () => Promise<string>, (path: string) => Promise<void>][] = [
		[
			'a snapshot cut short',
			/is damaged, or is no backup/,
			async () => snapshot(),
			(path) => truncate(path, 900)
		],
		['an empty snapshot', /is damaged, or is no backup/, async () => snapshot(), (path) => truncate(path, 0)],
		[
			'a foreign snapshot',
			/is damaged, or is no backup/,
			async () => snapshot(),
			(path) => writeFile(path, 'PK')
		],
		['an object cut short', /is damaged, or is no backup/, largest, (path) => truncate(path, 100_000)],
		['an object cut at its end', /is damaged, or is no backup/, largest, (path) => truncate(path, 200)],
		['an object that is gone', /no such file/, largest, (path) => rm(path)],
		[
			'an object that is another one',
			/holds something else than its name says/,
			largest,
			(path) => copyFile(snapshot(), path)
		]
	];

	it.each(damages)('%s changes nothing', async (_, message, which, damage) => {
		const [fresh, live] = [await install({ isMigrated: false }), await install()];
		await fill(live, 2);
		const path = await which();
		const whole = await readFile(path);
		await damage(path);
		try {
			for (const target of [fresh, live]) {
				const before = await state(target);
				await expect(bring(target, { overwrite: true })).rejects.toThrow(message);
				expect(await state(target)).toEqual(before);
			}
			await expect(contents(store, key.unseal, 'latest')).rejects.toThrow(message);
		} finally {
			await writeFile(path, whole);
			await Promise.all([fresh.close(), live.close()]);
		}
	});

	it('opens with its own key only', async () => {
		const fresh = await install({ isMigrated: false });
		const { unseal } = await keys();
		await expect(bring(fresh, { unseal })).rejects.toThrow(
			/was sealed for another key than the one in BACKUP_IDENTITY/
		);
		expect(await state(fresh)).toEqual({ rows: 'no tables', files: [] });
		await fresh.close();
	});

	it('is not taken for one before it is whole: an empty place holds none', async () => {
		const fresh = await install();
		await expect(bring(fresh, { store: open(join(folder, 'nowhere')) })).rejects.toThrow(
			'BACKUP_TO holds no backup.'
		);
		await fresh.close();
	});

	it('is whole as it stands, every byte of it', async () => {
		expect(await contents(store, key.unseal, 'latest')).toMatchObject({ snapshot: newest });
	});
});
