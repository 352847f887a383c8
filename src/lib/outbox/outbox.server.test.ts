import { afterAll, beforeAll, expect, it } from 'vitest';
import * as letterbox from '../../testing/letterbox.ts';
import { acceptJobs, makeWedding } from '../../testing/fixtures.ts';
import { db } from '../kernel/db/db.server.ts';
import * as jobs from '../kernel/jobs/jobs.server.ts';
import * as outbox from './outbox.server.ts';

let wedding: Awaited<ReturnType<typeof makeWedding>>;
beforeAll(async () => {
	wedding = await makeWedding();
	await acceptJobs();
});
afterAll(jobs.stop);

const draft = () => ({
	weddingId: wedding.weddingId,
	kind: 'login',
	address: wedding.email,
	language: 'en'
});

/** A mail with its job, which then came to this. */
async function mail(job: string, state: 'queued' | 'sent' = 'queued') {
	const { id } = await letterbox.create(draft());
	await db.$transaction((tx) => outbox.announce([{ id, kind: 'login' }], tx));
	if (job === 'gone') await db.$executeRaw`DELETE FROM jobs.job WHERE data->>'deliveryId' = ${id}`;
	else
		await db.$executeRaw`UPDATE jobs.job SET state = ${job}::jobs.job_state WHERE data->>'deliveryId' = ${id}`;
	await letterbox.update({ id }, { state });
	return id;
}

const jobsOf = (id: string) =>
	db.$queryRaw<{ state: string; queue: string }[]>`
		SELECT state::text, name AS queue FROM jobs.job WHERE data->>'deliveryId' = ${id} ORDER BY job.state`;

it.each(['gone', 'failed', 'cancelled', 'completed'])(
	'a mail that waits while its job is %s gets one more, whoever looks',
	async (job) => {
		const id = await mail(job);
		await Promise.all([outbox.revive(), outbox.revive(), outbox.revive()]);
		const [fresh, ...others] = await jobsOf(id);
		expect(fresh).toEqual({ state: 'created', queue: 'outbox.urgent' });
		expect(others.map(({ state }) => state)).toEqual(job === 'gone' ? [] : [job]);
	}
);

it.each(['created', 'retry', 'active'])('a mail whose job is %s keeps that one', async (job) => {
	const id = await mail(job);
	await outbox.revive();
	expect(await jobsOf(id)).toMatchObject([{ state: job }]);
});

it('a mail that was sent is left alone', async () => {
	const id = await mail('gone', 'sent');
	await outbox.revive();
	expect(await jobsOf(id)).toEqual([]);
});

it('a mail that only a newer release can write keeps no other from its job', async () => {
	const { id: newer } = await letterbox.create({ ...draft(), kind: 'test.newer' });
	const id = await mail('gone');
	await outbox.revive();
	expect(await jobsOf(id)).toMatchObject([{ queue: 'outbox.urgent' }]);
	expect(await jobsOf(newer)).toMatchObject([{ queue: 'outbox.send' }]);
	await letterbox.remove({ id: newer });
});
