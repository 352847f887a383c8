import pg from 'pg';
import { afterAll, beforeEach, expect, it, vi } from 'vitest';
import { startThrowaway } from '../../../cli/throwaway.ts';

// a Postgres of its own: what other tests write would be written here too, and one of these crashes it
const postgres = await startThrowaway({ fast: false });
vi.stubEnv('DATABASE_URL', postgres.url);
vi.resetModules();
const { cached } = await import('./cache.server.ts');
const { pool } = await import('./db.server.ts');
// it writes when it likes, and a write is what these count
await pool.query('ALTER SYSTEM SET autovacuum = off');
await pool.query('SELECT pg_reload_conf()');
afterAll(() => pool.end().finally(postgres.stop));

async function connect(): Promise<pg.Client> {
	const client = new pg.Client({ connectionString: postgres.url });
	client.on('error', () => {});
	await client.connect();
	return client;
}

const same = (key: string) => key;
const place = vi.fn(async () => (await pool.query('SELECT name FROM place')).rows[0].name as string);
const moveTo = (name: string) => pool.query('UPDATE place SET name = $1', [name]);

beforeEach(async () => {
	await pool.query(`CREATE TABLE IF NOT EXISTS place AS SELECT ''::text AS name`);
	await moveTo('Utrecht');
	place.mockClear();
});

it('asks once for as long as nothing is written', async () => {
	const read = cached(same, place);
	for (let time = 0; time < 5; time++) expect(await read('hall')).toBe('Utrecht');
	expect(place).toHaveBeenCalledTimes(1);
});

it('never gives what was true before a write', async () => {
	const read = cached(same, place);
	for (let n = 0; n < 100; n++) {
		await moveTo(`Hall ${n}`);
		expect(await read('hall')).toBe(`Hall ${n}`);
	}
});

it('gives what another transaction writes from its commit on', async () => {
	const read = cached(same, place);
	const other = await connect();
	await other.query('BEGIN');
	await other.query(`UPDATE place SET name = 'Gouda'`);
	for (let time = 0; time < 3; time++) expect(await read('hall')).toBe('Utrecht');
	await other.query('COMMIT');
	expect(await read('hall')).toBe('Gouda');
	await other.end();
});

it('does not keep an answer that was overtaken by a write', async () => {
	const slow = Promise.withResolvers<void>();
	const found: string[] = [];
	const read = cached(same, async () => {
		found.push(await place());
		if (found.length === 1) await slow.promise;
		return found.at(-1)!;
	});
	const early = read('hall');
	await vi.waitUntil(() => found.length, 10_000);
	await moveTo('Gouda');
	slow.resolve();
	expect(await early).toBe('Utrecht');
	expect(await read('hall')).toBe('Gouda');
});

it('keeps the answers to different keys apart, and not more than a thousand', async () => {
	const ask = vi.fn(async (key: string) => key.toUpperCase());
	const read = cached(same, ask);
	const keys = Array.from({ length: 1000 }, (_, n) => `guest ${n}`);
	for (let time = 0; time < 2; time++) {
		expect(await Promise.all(keys.map(read))).toEqual(keys.map((key) => key.toUpperCase()));
	}
	expect(ask).toHaveBeenCalledTimes(1000);
	await read('one more');
	await read(keys[0]!);
	expect(ask).toHaveBeenCalledTimes(1002);
});

it('asks again after a failure', async () => {
	const away = vi.fn().mockRejectedValueOnce(new Error('away')).mockResolvedValue('there');
	const read = cached(same, away);
	await expect(read('hall')).rejects.toThrow('away');
	expect(await read('hall')).toBe('there');
});

it('forgets everything when Postgres has crashed, which then counts its transactions again', async () => {
	const read = cached(same, place);
	const lost = await connect();
	const [{ pid }] = (await lost.query('SELECT pg_backend_pid() AS pid')).rows;
	await lost.query('BEGIN');
	await lost.query(`UPDATE place SET name = 'nowhere'`);
	await lost.query('ROLLBACK');
	expect(await read('hall')).toBe('Utrecht');
	const gone = new Promise((end) => lost.once('end', end));
	process.kill(pid, 'SIGKILL');
	await gone;

	const write = async () => {
		const again = await connect();
		await again.query(`UPDATE place SET name = 'Gouda'`);
		await again.end();
		return true;
	};
	await vi.waitUntil(() => write().catch(() => false), { timeout: 10_000 });
	const now = await vi.waitFor(() => read('hall'), { timeout: 10_000 });
	expect(now).toBe('Gouda');
});
