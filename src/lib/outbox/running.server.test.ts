import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RESET } from '../../testing/mailersend.ts';
import { letter, makeRuns, type Runs } from '../../testing/run.ts';

let all: Runs;
let { provider, db } = {} as Pick<Runs, 'provider' | 'db'>;
beforeAll(async () => {
	all = await makeRuns();
	({ provider, db } = all);
});
beforeEach(() => all.forget());
afterAll(() => all.stop());

const addresses = () => provider.received.map(({ to }) => to[0]!.email).sort();
const guests = (count: number) => Array.from({ length: count }, (_, n) => `guest-${n}@example.org`).sort();
const bulks = () => provider.requests.filter(({ path }) => path === '/bulk-email');
const jobsOf = (runId: string) =>
	db.$queryRaw<{ wait: number }[]>`
		SELECT round(extract(epoch FROM start_after - now()))::int AS wait FROM jobs.job
		WHERE name = 'outbox.run' AND state = 'created' AND data ->> 'runId' = ${runId} ORDER BY start_after`;

describe('a run', () => {
	it('goes out in chunks of fifty, to each address once, from the couple, with one job', async () => {
		const single = () => db.$queryRaw<object[]>`SELECT FROM jobs.job WHERE name = 'outbox.send'`;
		// other files may have left some in the worker's database
		const { length } = await single();
		const runId = await all.start(120);
		expect(await jobsOf(runId)).toHaveLength(1);
		expect(await single()).toHaveLength(length);
		for (const sent of [50, 100, 120]) {
			await all.step(runId);
			expect(await all.counts(runId)).toMatchObject({ total: 120, sent, waiting: 120 - sent });
		}
		expect(addresses()).toEqual(guests(120));
		expect(bulks()).toHaveLength(3);
		expect(provider.received[0]).toMatchObject({
			from: { email: 'wedding@example.org', name: 'Anna & Ben' },
			text: expect.stringContaining('https://example.org/i/ABC'),
			tags: [expect.any(String), expect.any(String)]
		});
		await all.step(runId);
		expect(bulks()).toHaveLength(3);
		expect((await jobsOf(runId)).map(({ wait }) => wait)).toEqual([60]);
		await all.age(61);
		await all.step(runId);
		expect(await jobsOf(runId)).toEqual([]);
		expect(await all.runs.get(all.couple, runId)).toMatchObject({ state: 'over' });
	});

	it('is never in two hands, however many processes go on with it at once', async () => {
		const runId = await all.start(60);
		const chunks = await import('./chunks.server.ts');
		const claimed = await Promise.all([1, 2, 3, 4].map(() => chunks.claim(runId, 20)));
		expect(claimed.map((one) => one?.mails.length ?? 0).sort()).toEqual([0, 20, 20, 20]);
		const ids = claimed.flatMap((one) => one?.mails ?? []).map(({ id }) => id);
		expect(new Set(ids).size).toBe(60);
	});

	it('takes back what a process had when it was killed, and then that process may not send it', async () => {
		const runId = await all.start(10);
		const chunks = await import('./chunks.server.ts');
		const { id, mails } = (await chunks.claim(runId, 20))!;
		await all.step(runId);
		expect(provider.received).toEqual([]);
		await all.age(61);
		await all.finish(runId);
		expect(addresses()).toEqual(guests(10));
		const ids = mails.map((mail) => mail.id);
		expect(await chunks.handOver(id, ids)).toBe(false);
	});

	it('skips who has no need of it any more, when it is their turn', async () => {
		const runId = await all.start(60);
		all.compose.mockImplementation(async (mail) => (/guest-[12]@/.test(mail.address) ? null : letter(mail)));
		await all.finish(runId);
		expect(await all.counts(runId)).toMatchObject({ sent: 58, skipped: 2 });
		expect(addresses()).not.toContain('guest-1@example.org');
	});

	it('leaves out a letter that cannot be written, and sends the others', async () => {
		const runId = await all.start(7);
		all.compose.mockImplementation(async (mail) => {
			if (mail.address === 'guest-3@example.org') throw new Error('a bug');
			return letter(mail);
		});
		await all.finish(runId);
		expect(await all.counts(runId)).toMatchObject({ sent: 6, failed: 1 });
	});

	it('does not begin before its time', async () => {
		const runId = await all.start(7, { sendAfter: new Date(Date.now() + 3600_000) });
		await all.step(runId);
		expect(provider.received).toEqual([]);
		expect((await jobsOf(runId)).some(({ wait }) => wait > 3500 && wait < 3700)).toBe(true);
	});
});

describe('MailerSend', () => {
	it.each([401, 429, 500, 503])('that answers %d has taken none: all go afterwards', async (status) => {
		const runId = await all.start(7);
		provider.answer(status);
		await all.step(runId).catch(() => {});
		expect(await all.counts(runId)).toMatchObject({ waiting: 7 });
		expect(await db.delivery.count({ where: { message: { runId }, state: 'sending' } })).toBe(0);
		await all.forget();
		await all.finish(runId);
		expect(addresses()).toEqual(guests(7));
	});

	it('that refuses one address is asked for the others, and the couple sees why', async () => {
		const runId = await all.start(6, { address: 'guest-0@example.org' });
		const [one] = await db.delivery.findMany({ where: { message: { runId } }, orderBy: { id: 'asc' } });
		await db.delivery.update({ where: { id: one!.id }, data: { address: 'not an address' } });
		await all.finish(runId);
		expect(provider.received).toHaveLength(5);
		// it says so later, when it is asked
		expect(await all.counts(runId)).toMatchObject({ sent: 6 });
		await all.age(61);
		await all.step(runId);
		expect(await all.counts(runId)).toMatchObject({ sent: 5, failed: 1 });
		const { state, reason } = await db.delivery.findUniqueOrThrow({ where: { id: one!.id } });
		expect([state, reason]).toEqual(['failed', expect.stringContaining('valid email address')]);
		expect(await db.chunk.count({ where: { runId } })).toBe(0);
	});

	it('that sends nothing to an address any more is not asked to again: that is shut as if mail had come back', async () => {
		provider.account.suppressed = 'guest-3@example.org';
		const runId = await all.start(6);
		await all.finish(runId);
		await all.age(61);
		await all.step(runId);
		expect(await all.counts(runId)).toMatchObject({ sent: 5, failed: 1 });
		const suppressions = await import('./suppressions.server.ts');
		const isSuppressed = await suppressions.find(all.weddingId);
		expect([3, 4].map((n) => isSuppressed(`guest-${n}@example.org`))).toEqual(['bounced', undefined]);
		const next = await all.start(6);
		await all.finish(next);
		expect(await all.counts(next)).toMatchObject({ sent: 5, skipped: 1 });
		await db.suppression.deleteMany({ where: { weddingId: all.weddingId } });
	});

	it('that refuses all because of one gets the others', async () => {
		provider.account.isStrict = true;
		const runId = await all.start(6);
		const where = { message: { runId }, address: 'guest-2@example.org' };
		await db.delivery.updateMany({ where, data: { address: 'not an address' } });
		await all.finish(runId);
		expect(bulks().map(({ status }) => status)).toEqual([422, 202]);
		expect(await all.counts(runId)).toMatchObject({ sent: 5, failed: 1 });
	});

	it('that wants fewer at once gets half as many', async () => {
		const runId = await all.start(40);
		provider.account.mostAtOnce = 12;
		await all.finish(runId);
		expect(addresses()).toEqual(guests(40));
		expect(bulks().map(({ status }) => status)).toEqual([422, 422, ...Array(4).fill(202)]);
	});

	it('that does not know the sender gets nothing more, and the maintainer is told which setting it is', async () => {
		const runId = await all.start(7);
		provider.answer('sender');
		await expect(all.step(runId)).rejects.toMatchObject({ setting: 'MAIL_FROM' });
		expect(await all.counts(runId)).toMatchObject({ waiting: 7, failed: 0 });
	});

	it('is asked as often a minute as it says', async () => {
		const runId = await all.start(120);
		provider.account.perMinute = 1;
		await all.step(runId);
		await all.step(runId);
		expect(bulks()).toHaveLength(1);
		expect((await jobsOf(runId)).some(({ wait }) => wait > 50 && wait <= 60)).toBe(true);
	});

	it('keeps a part of the day for others: the run goes on when the next begins', async () => {
		const runId = await all.start(120);
		Object.assign(provider.account, { daily: 100, left: 21 });
		for (let time = 0; time < 3; time++) await all.step(runId);
		expect(bulks()).toHaveLength(1);
		const seconds = (RESET.getTime() - Date.now()) / 1000;
		expect((await jobsOf(runId)).some(({ wait }) => Math.abs(wait - seconds) < 60)).toBe(true);
		const { state, forecast } = await all.runs.get(all.couple, runId);
		expect({ state, forecast }).toEqual({
			state: 'running',
			forecast: { now: 0, seconds: 0, later: 70, at: RESET }
		});
		// the next day
		await all.forget();
		await all.finish(runId);
		expect(addresses()).toHaveLength(70);
	});

	it('that says that the day is over is left alone until the next, and lets login links wait as well', async () => {
		const runId = await all.start(7);
		Object.assign(provider.account, { daily: 100, left: 0 });
		await all.step(runId);
		await all.step(runId);
		expect(provider.requests.map(({ status }) => status)).toEqual([429]);
		const post = await import('../mail/post.server.ts');
		await expect(post.waitForTurn()).rejects.toThrow('takes no mail for another');
	});
});

describe('an answer that does not come', () => {
	it('leaves open whether mails were taken: it is asked, and none goes twice', async () => {
		const runId = await all.start(60);
		await lose(runId, 'swallow');
		await all.step(runId);
		// the next one is small, until one is answered
		expect(bulks()).toHaveLength(1);
		expect(provider.received).toHaveLength(51);
		await all.age(61);
		await all.finish(runId);
		expect(addresses()).toEqual(guests(60));
		expect(await all.counts(runId)).toMatchObject({ sent: 60, unsure: 0 });
	});

	it('and mails that were not taken go afterwards, once that is certain', async () => {
		const runId = await all.start(60);
		await lose(runId, 'silence');
		await all.age(61);
		await all.step(runId);
		expect(await all.counts(runId)).toMatchObject({ sent: 1, waiting: 59 });
		await all.age(301);
		await all.finish(runId);
		expect(addresses()).toEqual(guests(60));
	});

	it('is a question to the couple where the token may not ask, who sends them again or leaves it', async () => {
		provider.account.mayRead = false;
		const [again, left] = [await all.start(60), await all.start(60)];
		for (const runId of [again, left]) {
			await lose(runId, 'swallow');
			await all.age(61);
			await all.finish(runId);
			expect(await all.runs.get(all.couple, runId)).toMatchObject({
				state: 'running',
				counts: { sent: 10, unsure: 50 }
			});
			await db.rateLimit.deleteMany();
		}
		await all.runs.retryUnsure(all.couple, again);
		await all.finish(again);
		expect(await all.runs.get(all.couple, again)).toMatchObject({ state: 'over', counts: { sent: 60 } });
		await all.runs.leaveUnsure(all.couple, left);
		expect(await all.runs.get(all.couple, left)).toMatchObject({
			state: 'over',
			counts: { sent: 10, skipped: 50 }
		});
	});

	/** The first chunk goes, and its answer is lost. */
	async function lose(runId: string, how: 'swallow' | 'silence') {
		const { provider: far } = all;
		far.answer(how);
		const step = all.step(runId);
		await expect.poll(() => db.chunk.count({ where: { runId, handedAt: { not: null } } })).toBe(1);
		if (how === 'swallow') await expect.poll(() => far.received.length).toBeGreaterThan(0);
		far.drop();
		await step;
		far.answer(202);
	}
});
