import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeRuns, type Runs } from '../../testing/run.ts';

let all: Runs;
let { provider, db, runs, couple } = {} as Pick<Runs, 'provider' | 'db' | 'runs' | 'couple'>;
beforeAll(async () => {
	all = await makeRuns();
	({ provider, db, runs, couple } = all);
});
beforeEach(() => all.forget());
afterAll(() => all.stop());

/** Its jobs that are due. */
const waiting = (runId: string) =>
	db.$queryRaw`SELECT FROM jobs.job WHERE name = 'outbox.run' AND state = 'created' AND start_after <= now()
		AND data ->> 'runId' = ${runId}`;
const actions = async (runId: string) =>
	(await db.auditEntry.findMany({ where: { subjectId: runId }, orderBy: { id: 'asc' } })).map(
		({ action }) => action
	);

it('rests while it is paused, goes on from there, and says who did it', async () => {
	const runId = await all.start(120);
	await all.step(runId);
	await runs.pause(couple, runId);
	await all.step(runId);
	expect(await runs.get(couple, runId)).toMatchObject({ state: 'paused', counts: { sent: 50, waiting: 70 } });
	expect(await waiting(runId)).toEqual([]);
	await runs.resume(couple, runId);
	expect(await waiting(runId)).toHaveLength(1);
	await all.finish(runId);
	expect(new Set(provider.received.map(({ to }) => to[0]!.email)).size).toBe(120);
	expect(provider.received).toHaveLength(120);
	expect(await actions(runId)).toEqual(['run.paused', 'run.running']);
});

it('does not send what was being written when it was paused', async () => {
	const runId = await all.start(10);
	const { compose } = all;
	const writing = Promise.withResolvers<void>();
	const paused = Promise.withResolvers<void>();
	compose.mockImplementationOnce(async () => {
		writing.resolve();
		await paused.promise;
		return null;
	});
	const step = all.step(runId);
	await writing.promise;
	await runs.pause(couple, runId);
	paused.resolve();
	await step;
	expect(provider.received).toEqual([]);
	expect(await runs.get(couple, runId)).toMatchObject({
		state: 'paused',
		counts: { waiting: 9, skipped: 1 }
	});
});

it('skips the rest when it is stopped, also what comes back from a mail service that did not take it', async () => {
	const runId = await all.start(120);
	await all.step(runId);
	const chunks = await import('./chunks.server.ts');
	const { id } = (await chunks.claim(runId, 20))!;
	await runs.stop(couple, runId);
	expect(await all.counts(runId)).toMatchObject({ sent: 50, skipped: 50, waiting: 20 });
	await chunks.giveBack(id);
	expect(await runs.get(couple, runId)).toMatchObject({
		state: 'stopped',
		counts: { sent: 50, skipped: 70 }
	});
	await runs.resume(couple, runId);
	await all.step(runId);
	expect(provider.received).toHaveLength(50);
});

it('waits after a restore until the couple says whether to send what may have left', async () => {
	const runId = await all.start(60);
	await all.step(runId);
	await (await import('./chunks.server.ts')).claim(runId, 4);
	const { tables } = await import('./tables.server.ts');
	for (const { restore } of Object.values(tables))
		if (typeof restore === 'object') await db.$executeRawUnsafe(restore.update);
	await all.outbox.revive();
	await all.step(runId);
	expect(provider.received).toHaveLength(50);
	expect(await runs.get(couple, runId)).toMatchObject({ state: 'paused', counts: { sent: 50, unsure: 10 } });
	await runs.retryUnsure(couple, runId);
	await all.finish(runId);
	expect(provider.received).toHaveLength(60);
	expect(await runs.get(couple, runId)).toMatchObject({ state: 'over' });
});

it('gets a job when it has lost its own, whoever looks, and none while it rests or is through', async () => {
	const [lost, paused, through] = [await all.start(7), await all.start(7), await all.start(7)];
	await all.finish(through);
	await db.chunk.deleteMany();
	await runs.pause(couple, paused);
	await db.$executeRaw`DELETE FROM jobs.job WHERE name = 'outbox.run'`;
	await Promise.all([all.outbox.revive(), all.outbox.revive()]);
	expect(await waiting(lost)).toHaveLength(1);
	for (const runId of [paused, through]) expect(await waiting(runId)).toEqual([]);
	const alone =
		await db.$queryRaw`SELECT FROM jobs.job AS job JOIN delivery d ON d.id::text = job.data ->> 'deliveryId'
		WHERE job.name = 'outbox.send' AND d.wedding_id = ${all.weddingId}::uuid`;
	expect(alone).toEqual([]);
});

describe('is nobody else’s', () => {
	it('but who may send mail, of the same wedding', async () => {
		const runId = await all.start(7);
		const { makeWedding } = await import('../../testing/fixtures.ts');
		const stranger = (await makeWedding()).couple;
		const guest = { role: 'guest', weddingId: all.weddingId } as const;
		const asked = [runs.get, runs.pause, runs.resume, runs.stop, runs.retryUnsure, runs.leaveUnsure];
		for (const ask of asked) {
			await expect((async () => ask(guest, runId))()).rejects.toMatchObject({ status: 403 });
			await expect(ask(stranger, runId)).rejects.toMatchObject({ status: 404 });
		}
		expect((await runs.list(stranger)).length).toBe(0);
	});
});
