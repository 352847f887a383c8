import { once } from 'node:events';
import { afterEach, expect, it } from 'vitest';
import { db } from '../db/db.server.ts';
import * as jobs from './jobs.server.ts';

type Name = `test.${string}`;
const queue = (more: Partial<jobs.Queue<Name>> = {}): jobs.Queue<Name> => ({
	name: `test.${crypto.randomUUID()}`,
	work: async () => {},
	...more
});
const add = (name: Name, asked: { n: number }[]) => db.$transaction((tx) => jobs.add(name, asked, {}, tx));

afterEach(jobs.stop);

it('a queue has the options that the code gives it, whoever made it first', async () => {
	const options = async (name: string) =>
		db.$queryRaw`SELECT retry_limit AS limit, retry_delay_max AS max, heartbeat_seconds AS beat, notify
			FROM jobs.queue WHERE name = ${name}`;
	const plain = queue();
	const patient = { retryLimit: 400, retryBackoff: true, retryDelayMax: 300, heartbeatSeconds: 10 };
	await jobs.start([plain], { work: false });
	await jobs.stop();
	await jobs.start([{ ...plain, options: patient }]);
	expect(await options(plain.name)).toEqual([{ limit: 400, max: 300, beat: 10, notify: true }]);
	await jobs.stop();

	// the command line knows its name only, and changes nothing
	await jobs.start([plain], { work: false });
	expect(await options(plain.name)).toMatchObject([{ limit: 400 }]);
	await jobs.stop();

	// what the code no longer says is as if it had never said it
	await jobs.start([plain]);
	expect(await options(plain.name)).toEqual([{ limit: 2, max: null, beat: null, notify: true }]);
});

it('work by the clock that the code has ended is neither asked for again nor missed', async () => {
	const nightly = queue({ cron: '17 3 * * *' });
	const left = () =>
		db.$queryRaw`SELECT name FROM jobs.schedule WHERE name = ${nightly.name}
			UNION ALL SELECT name FROM jobs.job WHERE name = ${nightly.name} AND state < 'active'`;
	await jobs.start([nightly]);
	await jobs.stop();
	await jobs.start([nightly], { work: false });
	await add(nightly.name, [{ n: 1 }]);
	expect(await left()).toHaveLength(2);
	await jobs.stop();
	await jobs.start([]);
	expect(await left()).toEqual([]);
});

it('long work is told that the process ends, and goes on in the next one', async () => {
	const [began, done] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
	let isNext = false;
	const long = queue({
		async work(_, signal) {
			if (isNext) return done.resolve();
			began.resolve();
			await once(signal!, 'abort');
			throw signal!.reason;
		}
	});
	await jobs.start([long]);
	await add(long.name, [{ n: 1 }]);
	await began.promise;
	await jobs.stop();
	isNext = true;
	await jobs.start([long]);
	await done.promise;
});
