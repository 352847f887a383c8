import { stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { asProblem, db, rows } from './db.server.ts';

it('does not wait for a Postgres that does not answer, and says that it is away', async () => {
	await Promise.all([rows('one', 'SELECT 1 AS one', []), db.$queryRaw`SELECT 1`]);
	const waits = [rows('sleep', 'SELECT pg_sleep(8)', []), db.$queryRaw`SELECT 1 FROM pg_sleep(8)`];
	for (const { reason } of (await Promise.allSettled(waits)) as PromiseRejectedResult[]) {
		expect(asProblem(reason)).toMatchObject({ status: 503, code: 'database_away' });
	}
	expect(await rows('one', 'SELECT 1 AS one', [])).toEqual([{ one: 1 }]);
});

it('takes a socket that is not there for a Postgres that is away, and no other file', async () => {
	const socket = await new Promise((missing) => connect('/nowhere/.s.PGSQL.5432').on('error', missing));
	expect(asProblem(socket)).toMatchObject({ status: 503, code: 'database_away' });
	const file = await stat('/nowhere').catch((error) => error);
	expect(asProblem(file)).toBe(file);
});
