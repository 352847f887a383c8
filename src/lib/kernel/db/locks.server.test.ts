import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { expect, it, vi } from 'vitest';
import { directUrl } from '../settings.server.ts';
import * as locks from './locks.server.ts';

/** As another process would. */
async function otherProcess(key: string) {
	const client = new pg.Client({ connectionString: directUrl() });
	client.on('error', () => {});
	await client.connect();
	await client.query('LISTEN lock_wanted');
	await client.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [key]);
	return client;
}

it('one at a time has a lock, and is asked for it by the next', async () => {
	const key = randomUUID();
	const letGo = vi.fn();
	const free = await locks.take(key, { letGo });
	const next = locks.take(key);
	await vi.waitFor(() => expect(letGo).toHaveBeenCalled());
	await free();
	await (
		await next
	)();
});

it('is let go of by another process when that is asked, or dies', async () => {
	const key = randomUUID();
	const other = await otherProcess(key);
	const asked = new Promise((resolve) => other.once('notification', ({ payload }) => resolve(payload)));
	const taking = locks.take(key);
	expect(await asked).toBe(key);
	await other.end();
	await (
		await taking
	)();
});

it('tells its holder when another process wants it', async () => {
	const key = randomUUID();
	const { promise, resolve } = Promise.withResolvers<void>();
	const free = await locks.take(key, { letGo: resolve });
	const other = new pg.Client({ connectionString: directUrl() });
	await other.connect();
	await other.query("SELECT pg_notify('lock_wanted', $1)", [key]);
	await promise;
	await free();
	const { rows } = await other.query('SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS taken', [key]);
	expect(rows).toEqual([{ taken: true }]);
	await other.end();
});

it('is refused when nobody lets go in time, and not taken for somebody who has left', async () => {
	const key = randomUUID();
	const free = await locks.take(key);
	const busy = expect.objectContaining({ status: 503, code: 'busy' });
	await expect(locks.take(key, { patienceSeconds: 0.2 })).rejects.toEqual(busy);
	await expect(locks.take(key, { signal: AbortSignal.abort() })).rejects.toEqual(busy);
	await free();
	const other = await otherProcess(key);
	await expect(locks.take(key, { patienceSeconds: 0.2 })).rejects.toEqual(busy);
	await other.end();
});

it('is lost with its connection, which its holder is told, and can be taken again', async () => {
	const key = randomUUID();
	const { promise, resolve } = Promise.withResolvers<void>();
	const free = await locks.take(key, { letGo: resolve });
	const other = new pg.Client({ connectionString: directUrl() });
	await other.connect();
	await other.query(
		`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
		WHERE application_name = 'vowtape locks' AND datname = current_database()`
	);
	await promise;
	await free();
	await (
		await locks.take(key)
	)();
	await other.end();
});
