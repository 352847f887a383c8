import { spawn, spawnSync, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import {
	chmodSync,
	chownSync,
	existsSync,
	mkdtempSync,
	readFileSync,
	realpathSync,
	rmSync,
	statSync,
	writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attach, start, type Postgres } from './postgres.ts';
import { startThrowaway } from './throwaway.ts';

const isRoot = process.getuid?.() === 0;
const ordinary = { uid: 65534, gid: 65534 };
const script = join(import.meta.dirname, 'postgres.ts');
// a clone in root's own home is closed to the user that these tests become
const isReadable = isRoot && spawnSync('/bin/cat', [script], { ...ordinary, cwd: '/' }).status === 0;

const folders: string[] = [];
afterAll(() => {
	for (const folder of folders) {
		// for root the data may stand elsewhere, and this is a link to it
		const data = join(folder, 'postgres');
		if (existsSync(data)) rmSync(realpathSync(data), { recursive: true });
		rmSync(folder, { recursive: true, force: true });
	}
});

function folder(mode: number, owner?: typeof ordinary): string {
	const path = mkdtempSync(join(tmpdir(), 'vowtape-postgres-'));
	folders.push(path);
	chmodSync(path, mode);
	if (owner) chownSync(path, owner.uid, owner.gid);
	return path;
}

async function query(url: string, text: string): Promise<unknown[]> {
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	const { rows } = await client.query(text);
	await client.end();
	return rows;
}

/** Starts Postgres in a process of its own and waits for its address. */
async function startElsewhere(dataDir: string, options: SpawnOptions = {}) {
	const code = `import { start } from ${JSON.stringify(script)};
		console.log((await start({ dataDir: ${JSON.stringify(dataDir)}, fast: true })).url)`;
	const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
		...options,
		stdio: ['ignore', 'pipe', 'inherit']
	});
	const [url] = await once(child.stdout!, 'data');
	return { child, url: String(url).trim() };
}

describe('the embedded Postgres', () => {
	const dataDir = folder(0o711);

	it('keeps its data from one start to the next', async () => {
		const first = await start({ dataDir, fast: true });
		await query(first.url, 'CREATE TABLE kept AS SELECT 1 AS one');
		await first.stop();
		const second = await start({ dataDir, fast: true });
		expect(await query(second.url, 'SELECT one FROM kept')).toEqual([{ one: 1 }]);
		await second.stop();
	});

	it('knows letters beyond ASCII, and no time zone of its own', async () => {
		const { url, stop } = await start({ dataDir, fast: true });
		const rows = await query(url, `SELECT lower('ÅÉØ') AS lower, current_setting('timezone') AS zone`);
		expect(rows).toEqual([{ lower: 'åéø', zone: 'UTC' }]);
		await stop();
	});

	it('refuses a second one in the same folder, and the first goes on', async () => {
		const { url, stop } = await start({ dataDir, fast: true });
		await expect(start({ dataDir })).rejects.toThrow(`${dataDir} is in use by another Vowtape`);
		expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
		await stop();
	});

	it('stops when its starter is killed, and starts again', async () => {
		const { child, url } = await startElsewhere(dataDir);
		const client = new pg.Client({ connectionString: url }).on('error', () => {});
		await client.connect();
		const ended = new Promise((resolve) => client.once('end', resolve));
		child.kill('SIGKILL');
		await ended;
		const { stop } = await start({ dataDir, fast: true });
		await stop();
	});

	it('leaves a folder to one of two that start at once', async () => {
		const both = await Promise.allSettled([start({ dataDir, fast: true }), start({ dataDir, fast: true })]);
		expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
		for (const one of both) if (one.status === 'fulfilled') await one.value.stop();
	});

	it('starts afresh where the folder was removed', async () => {
		rmSync(dataDir, { recursive: true });
		const { url, stop } = await start({ dataDir, fast: true });
		expect(await query(url, `SELECT to_regclass('kept') AS kept`)).toEqual([{ kept: null }]);
		await stop();
	});

	describe('after a power cut', () => {
		const data = join(dataDir, 'postgres/data');
		const socketLock = join(dataDir, 'postgres/.s.PGSQL.5432.lock');
		let other: Postgres;
		let whole: string;

		/** As it stood there when the power went, in the name of Postgres' own user. */
		function leave(file: string, content: string) {
			writeFileSync(file, content, { mode: 0o600 });
			const { uid, gid } = statSync(data);
			chownSync(file, uid, gid);
		}

		beforeAll(async () => {
			const { stop } = await start({ dataDir, fast: true });
			whole = readFileSync(join(data, 'postmaster.pid'), 'utf8');
			await stop();
			// of the same user and the same name: a number that was given out again says nothing
			other = await startThrowaway();
			const folder = new URL(other.url).searchParams.get('host')!;
			const [pid] = readFileSync(join(folder, 'data/postmaster.pid'), 'utf8').split('\n');
			whole = whole.replace(/^\d+/, pid!);
		});
		afterAll(() => other.stop());

		it.each([
			['an empty file of the process', () => leave(join(data, 'postmaster.pid'), '')],
			['a file of the process full of zeros', () => leave(join(data, 'postmaster.pid'), '\0'.repeat(120))],
			['a process id that is another Postgres by now', () => leave(join(data, 'postmaster.pid'), whole)],
			['an empty lock of the socket', () => leave(socketLock, '')],
			['a lock of the socket whose process id is another Postgres by now', () => leave(socketLock, whole)]
		])('starts with %s', async (_, cut) => {
			cut();
			const { url, stop } = await start({ dataDir, fast: true });
			expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
			await stop();
		});

		it('a command starts one of its own', async () => {
			leave(join(data, 'postmaster.pid'), whole);
			const { url, stop } = await attach({ dataDir });
			expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
			await stop();
		});
	});

	it('is shared with a command, which leaves it running', async () => {
		const { url, stop } = await start({ dataDir, fast: true });
		const attached = await attach({ dataDir });
		expect(attached.url).toBe(url);
		await attached.stop();
		expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
		await stop();
	});

	it.runIf(isRoot)(
		'runs for root in a folder that only root can enter, in a far deeper one too',
		async () => {
			const deep = join(folder(0o700), 'a'.repeat(100), 'b'.repeat(100));
			folders.unshift(deep);
			const { url, stop } = await start({ dataDir: deep, fast: true });
			expect(await query(url, 'SELECT current_user AS who')).toEqual([{ who: 'vowtape' }]);
			await stop();
		}
	);

	it.runIf(isReadable)('runs for an ordinary user in a folder that only they can enter', async () => {
		const deep = join(folder(0o700, ordinary), 'a'.repeat(100));
		const { child, url } = await startElsewhere(deep, { ...ordinary, cwd: '/' });
		const client = new pg.Client({ connectionString: url }).on('error', () => {});
		await client.connect();
		const ended = new Promise((resolve) => client.once('end', resolve));
		child.kill();
		await ended;
	});
});
