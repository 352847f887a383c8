import { afterAll, describe, expect, it } from 'vitest';
import { pool } from './db.server.ts';
import { TurnPool } from './turn.server.ts';

const turns = new TurnPool({ ...pool.options, max: 3 });
afterAll(() => turns.end());

const PID = 'SELECT pg_backend_pid() AS pid';
const pid = async (name?: string, text = PID) =>
	(await turns.query<{ pid: number }>({ name, text, values: [] })).rows[0]!.pid;

/** Whether every connection was given back. */
const isAtRest = () => turns.idleCount === turns.totalCount;

describe('what is asked in one turn', () => {
	it('is asked on one connection, where it is prepared and reads', async () => {
		const [one, other, byHand, writing] = await Promise.all([
			pid('turn-one'),
			pid('turn-other', `${PID}, 2 AS two`),
			pid(),
			pid('turn-with', `WITH own AS (${PID}) SELECT pid FROM own`)
		]);
		expect(other).toBe(one);
		expect(new Set([one, byHand, writing]).size).toBe(3);
		await expect.poll(isAtRest).toBe(true);
	});

	it('fails alone', async () => {
		const [failed, pids] = await Promise.allSettled([
			pid('turn-fail', 'SELECT 1 / 0 AS pid'),
			pid('turn-one')
		]);
		expect(failed).toMatchObject({ status: 'rejected', reason: { code: '22012' } });
		expect(pids.status).toBe('fulfilled');
	});

	it('fails with its connection, and the next turn has another one', async () => {
		const dying = [
			pid('turn-die', 'SELECT pg_terminate_backend(pg_backend_pid())::int AS pid'),
			pid('turn-one')
		];
		const states = (await Promise.allSettled(dying)).map(({ status }) => status);
		expect(states).toEqual(['rejected', 'rejected']);
		expect(await pid('turn-one')).toBeGreaterThan(0);
		await expect.poll(isAtRest).toBe(true);
	});

	it('is refused where no connection is to be had', async () => {
		const away = new TurnPool({ host: '127.0.0.1', port: 1 });
		const asked = [away.query({ name: 'a', text: PID }), away.query({ name: 'b', text: PID })];
		const states = await Promise.allSettled(asked);
		expect(states).toMatchObject([
			{ reason: { code: 'ECONNREFUSED' } },
			{ reason: { code: 'ECONNREFUSED' } }
		]);
		await away.end();
	});
});
