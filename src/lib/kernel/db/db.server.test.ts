import { stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import { makeWedding } from '../../../testing/fixtures.ts';
import { asProblem, db, now, pool, rows, transaction, type Tx } from './db.server.ts';
import { Problem } from '../problem.ts';

const away = { status: 503, code: 'database_away', headers: { 'retry-after': '5' } };
const busy = { status: 503, code: 'busy', headers: { 'retry-after': '5' } };
const gone = { status: 410, code: 'gone' };

/** Why it failed, as pages say it. */
const problem = (work: Promise<unknown>) =>
	work.then(
		() => undefined,
		(error) => asProblem(error)
	);

describe('a database that is away', () => {
	it('is not waited for when it does not answer', async () => {
		await Promise.all([rows('one', 'SELECT 1 AS one', []), db.$queryRaw`SELECT 1`]);
		const waits = [
			pool.query('SET statement_timeout = 0; SELECT pg_sleep(8)'),
			transaction(async (tx) => {
				await tx.$executeRaw`SET LOCAL statement_timeout = 0`;
				await tx.$queryRaw`SELECT 1 FROM pg_sleep(8)`;
			})
		];
		for (const found of await Promise.all(waits.map(problem))) expect(found).toMatchObject(away);
		expect(await rows('one', 'SELECT 1 AS one', [])).toEqual([{ one: 1 }]);
	});

	it('is one whose socket is not there, which other files may be', async () => {
		const socket = await new Promise((missing) => connect('/nowhere/.s.PGSQL.5432').on('error', missing));
		expect(asProblem(socket)).toMatchObject(away);
		const file = await stat('/nowhere').catch((error) => error);
		expect(asProblem(file)).toBe(file);
	});
});

describe('a database that is there but busy', () => {
	it('ends what takes too long, and what waits too long for somebody', async () => {
		const { weddingId } = await makeWedding();
		const waiting = transaction(
			async (tx) => {
				await tx.$executeRaw`SELECT 1 FROM wedding WHERE id = ${weddingId}::uuid FOR UPDATE`;
				const lock = 'UPDATE wedding SET place = place WHERE id = $1';
				return Promise.all([
					problem(rows('lock', lock, [weddingId])),
					problem(db.wedding.update({ where: { id: weddingId }, data: { place: 'here' } })),
					problem(rows('sleep', 'SELECT pg_sleep(8)', [])),
					problem(db.$queryRaw`SELECT 1 FROM pg_sleep(8)`)
				]);
			},
			{ timeout: 30_000 }
		);
		expect(await waiting).toEqual(Array(4).fill(expect.objectContaining(busy)));
	});

	it('has no connection left for whoever comes next', async () => {
		const held = await Promise.all(Array.from({ length: 10 }, () => pool.connect()));
		const more = [
			rows('one', 'SELECT 1 AS one', []),
			db.wedding.findFirst(),
			transaction((tx) => tx.wedding.findFirst())
		];
		const found = await Promise.all(more.map(problem));
		for (const client of held) client.release();
		expect(found).toEqual(Array(3).fill(expect.objectContaining(busy)));
	});

	it('gives up a transaction that takes too long', async () => {
		const slow = transaction(
			async (tx) => {
				await tx.$queryRaw`SELECT 1 FROM pg_sleep(0.3)`;
				await tx.wedding.findFirst();
			},
			{ timeout: 100 }
		);
		expect(await problem(slow)).toMatchObject(busy);
	});
});

describe('two who wait for each other', () => {
	/** Each locks one wedding and then, when both have, the other one. */
	async function cross(second: (tx: Tx, id: string) => unknown) {
		const ids = [(await makeWedding()).weddingId, (await makeWedding()).weddingId];
		const both = Promise.withResolvers<void>();
		let met = 0;
		const acts = [ids, ids.toReversed()].map(([one, other]) =>
			vi.fn(async (tx: Tx) => {
				await tx.wedding.update({ where: { id: one! }, data: { place: 'locked' } });
				if (++met === 2) both.resolve();
				await both.promise;
				await second(tx, other!);
			})
		);
		await Promise.all(acts.map((act) => transaction(act)));
		return acts.reduce((sum, { mock }) => sum + mock.calls.length, 0);
	}

	it('are both done: one of them another time', async () => {
		const model = (tx: Tx, id: string) => tx.wedding.update({ where: { id }, data: { place: 'done' } });
		expect(await cross(model)).toBeGreaterThan(2);
		expect(
			await cross((tx, id) => tx.$executeRaw`UPDATE wedding SET place = 'done' WHERE id = ${id}::uuid`)
		).toBeGreaterThan(2);
	});

	it('are both done when one of them is a single statement', async () => {
		const ids = [(await makeWedding()).weddingId, (await makeWedding()).weddingId].sort();
		const update = 'UPDATE wedding SET place = $2 WHERE id = $1';
		const client = await pool.connect();
		await client.query('BEGIN');
		// the one that does not notice the deadlock
		await client.query(`SET LOCAL deadlock_timeout = '1min'`);
		await client.query(update, [ids[1], 'client']);
		const both = rows(
			'both',
			`WITH first AS (UPDATE wedding SET place = 'rows' WHERE id = $1 RETURNING 1)
			UPDATE wedding SET place = 'rows' WHERE id = $2 AND (SELECT count(*) FROM first) = 1 RETURNING 1`,
			ids
		);
		const waiting = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
		await vi.waitUntil(async () => (await pool.query(waiting)).rowCount, { timeout: 4000 });
		await client.query(update, [ids[0], 'client']);
		await client.query('COMMIT');
		client.release();
		expect(await both).toHaveLength(1);
		const places = await db.wedding.findMany({ where: { id: { in: ids } }, select: { place: true } });
		expect(places).toEqual([{ place: 'rows' }, { place: 'rows' }]);
	});
});

describe('what somebody has just removed', () => {
	it('is a refusal, whoever notices it', async () => {
		const { weddingId } = await makeWedding();
		const nobody = crypto.randomUUID();
		const data = { weddingId, householdId: nobody, name: 'Riet' };
		const insert = `INSERT INTO guest (wedding_id, household_id, name) VALUES ($1, $2, 'Riet')`;
		const found = [
			db.guest.create({ data }),
			rows('orphan', insert, [weddingId, nobody]),
			db.$executeRaw`UPDATE guest SET household_id = ${nobody}::uuid WHERE wedding_id = ${weddingId}::uuid`,
			db.guest.update({ where: { id: nobody }, data: { name: 'Wim' } })
		];
		expect(await Promise.all(found.map(problem))).toEqual(Array(4).fill(expect.objectContaining(gone)));
	});

	it('is looked for once more, which finds what to say', async () => {
		const { weddingId, household, riet } = await makeWedding();
		const act = vi.fn(async () =>
			transaction(async (tx) => {
				const there = await tx.guest.count({ where: { id: riet.id } });
				if (there === 0) throw new Problem(404, 'guest_not_found');
				await db.guest.deleteMany({ where: { id: riet.id } });
				const data = { weddingId, householdId: household.id, guestId: riet.id };
				const more = { tokenHash: Buffer.from(riet.id), expiresAt: await now(tx) };
				await tx.loginLink.create({ data: { ...data, ...more } });
			})
		);
		expect(await problem(act())).toMatchObject({ status: 404, code: 'guest_not_found' });
	});
});

describe('a statement of our own in a transaction', () => {
	const place = 'UPDATE wedding SET place = $2 WHERE id = $1 RETURNING place';
	const read = async (id: string) => (await db.wedding.findUniqueOrThrow({ where: { id } })).place;

	it('is part of it, as what Prisma does before and after', async () => {
		const { weddingId } = await makeWedding();
		const failing = transaction(async (tx) => {
			await tx.wedding.update({ where: { id: weddingId }, data: { place: 'Prisma' } });
			expect(await rows('place', place, [weddingId, 'ours'], tx)).toHaveLength(1);
			expect(await tx.wedding.findUnique({ where: { id: weddingId } })).toMatchObject({ place: 'ours' });
			expect(await read(weddingId)).not.toBe('ours');
			throw new Problem(404, 'not_found');
		});
		expect(await problem(failing)).toMatchObject({ status: 404 });
		expect(await read(weddingId)).not.toBe('ours');
	});

	it('is done in its turn, with those that are sent beside it', async () => {
		const said = await transaction((tx) =>
			Promise.all([
				rows('test-say', `SELECT set_config('vowtape.said', 'first', true)`, [], tx),
				rows('test-hear', `SELECT current_setting('vowtape.said') AS said`, [], tx)
			])
		);
		expect(said[1]).toEqual([{ said: 'first' }]);
	});

	it('is refused after one that failed, which is what is told', async () => {
		const failing = transaction((tx) =>
			Promise.all([rows('test-fail', 'SELECT 1 / 0', [], tx), rows('test-after', 'SELECT 1 AS one', [], tx)])
		);
		await expect(failing).rejects.toMatchObject({ code: '22012' });
		expect(await transaction((tx) => rows('test-after', 'SELECT 1 AS one', [], tx))).toEqual([{ one: 1 }]);
	});

	it('is asked on the connection of its own transaction, whatever else that begins', async () => {
		const { weddingId } = await makeWedding();
		const pid = (tx: Tx) => rows('pid', 'SELECT pg_backend_pid() AS pid', [], tx);
		await transaction(async (tx) => {
			const own = await pid(tx);
			expect(await tx.$queryRaw`SELECT pg_backend_pid() AS pid`).toEqual(own);
			// Prisma does two statements in a transaction of its own
			const guests = { create: { weddingId, name: 'Riet' } };
			const household = { weddingId, name: 'Jansen', language: 'nl', code: weddingId };
			await db.household.create({ data: { ...household, guests } });
			expect(await transaction(pid)).not.toEqual(own);
			expect(await pid(tx)).toEqual(own);
		});
	});

	it.each(['rolled back by the clock', 'committed'])('is refused when it is %s', async (end) => {
		const { weddingId } = await makeWedding();
		const isLate = end !== 'committed';
		let tx: Tx;
		const over = transaction(
			async (own) => {
				tx = own;
				if (isLate) await rows('sleep', 'SELECT pg_sleep($1)', [0.5], own);
			},
			{ timeout: 200 }
		);
		expect(Boolean(await problem(over))).toBe(isLate);
		expect(await problem(rows('place', place, [weddingId, 'late'], tx!))).toMatchObject(busy);
		expect(await read(weddingId)).not.toBe('late');
	});
});
