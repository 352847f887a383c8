import { type Job, PgBoss, type JobInsert, type JobResult, type QueueOptions } from 'pg-boss';
import { DAY, MINUTE } from '../clock.ts';
import { rows, type Tx } from '../db/db.server.ts';
import { log } from '../log/log.server.ts';
import { directUrl } from '../settings.server.ts';
import { digest } from '../token.ts';

/** What a job of each queue is given, by the queue's name: whoever brings a queue adds its own. */
export interface Queues {}

type Work<Name extends keyof Queues> = {
	name: Name;
	/** throws to be tried again; long work ends by the signal, which comes when the process stops */
	work: (data: Queues[Name], signal?: AbortSignal) => Promise<void>;
	/** retries and their delays, in seconds */
	options?: QueueOptions;
	/** for work that comes by the clock, five fields in UTC */
	cron?: string;
	/** also when the process starts */
	runsAtStart?: boolean;
	/** so many at the same time in this process, where they are long; else they are done one after the other */
	atOnce?: number;
};

/** One kind of background work. */
export type Queue<Name extends keyof Queues = keyof Queues> = { [N in Name]: Work<N> }[Name];

/** What a queue has where its `options` say nothing: pg-boss keeps what it was once told. */
const DEFAULTS = {
	...{ retryLimit: 2, retryDelay: 0, retryBackoff: false, retryDelayMax: null },
	...{ expireInSeconds: 15 * MINUTE, heartbeatSeconds: null },
	...{ retentionSeconds: 14 * DAY, deleteAfterSeconds: 7 * DAY }
};

let starting: Promise<PgBoss | undefined> | undefined;
let stopping = new AbortController();
let isConnected = false;

/** Whether this process takes part in the jobs: false until they are reached for the first time. */
export const hasStarted = () => isConnected;

/**
 * Connects to the jobs in Postgres and makes sure that each queue exists, trying until Postgres is there.
 * With `work: false` jobs can be added but are left to another process (the command line, tests).
 */
export function start(queues: readonly Queue[], { work = true } = {}): Promise<PgBoss | undefined> {
	if (stopping.signal.aborted) stopping = new AbortController();
	return (starting ??= connect(queues, work));
}

async function connect(queues: readonly Queue[], work: boolean): Promise<PgBoss | undefined> {
	const { signal } = stopping;
	while (!signal.aborted) {
		const boss = new PgBoss({
			connectionString: directUrl(),
			schema: 'jobs',
			max: 3,
			application_name: 'vowtape jobs',
			useListenNotify: work,
			supervise: work,
			schedule: work,
			// how soon it is noticed that the heart of a job does not beat any more
			superviseIntervalSeconds: 3,
			monitorIntervalSeconds: 2
		});
		boss.on('error', ({ message }) => log.warn({ error: message }, 'jobs'));
		try {
			await boss.start();
			for (const queue of queues) await open(boss, queue, work);
			if (work) await close(boss, queues);
			isConnected = true;
			return boss;
		} catch (error) {
			log.warn({ error: String(error) }, 'jobs not started');
			await boss.stop({ graceful: false }).catch(() => {});
			await new Promise((wake) => setTimeout(wake, 2000));
		}
	}
}

async function open(boss: PgBoss, queue: Queue, work: boolean) {
	const { name, options, cron, work: handler, atOnce } = queue;
	const isNew = !(await boss.getQueue(name));
	if (isNew) await boss.createQueue(name);
	// the command line may know no more of a queue than its name
	if (isNew || work) await boss.updateQueue(name, { notify: true, ...DEFAULTS, ...options });
	if (!work) return;
	if (cron) await boss.schedule(name, cron);
	// a worker that takes one at a time would wait for the next poll after each
	const working = {
		batchSize: 4,
		burstWhenBatchFull: true,
		pollingIntervalSeconds: 2,
		// while Postgres says what is new; after an outage it does not do so at once
		notifyPollingIntervalSeconds: 8,
		perJobResults: true,
		// two that are late are no death: the shortest that a queue bears is ten seconds
		heartbeatRefreshSeconds: 3,
		...(atOnce && { batchSize: 1, localConcurrency: atOnce })
	} as const;
	await boss.work(name, working, async (batch: Job<never>[]) => {
		const results: JobResult[] = [];
		for (const { id, data } of batch) {
			const status = await attempt(name, (signal) => handler(data, signal));
			results.push({ id, ...status });
		}
		return results;
	});
}

/** Work by the clock that the code or a setting has ended: nobody does it, and it would be missed. */
async function close(boss: PgBoss, queues: readonly Queue[]) {
	for (const { name } of await boss.getSchedules()) {
		const queue = queues.find((one) => one.name === name);
		if (!queue?.cron) await boss.unschedule(name);
		if (!queue) await boss.deleteQueuedJobs(name);
	}
}

type Attempt = Omit<JobResult, 'id'>;

async function attempt(queue: string, work: (signal: AbortSignal) => Promise<void>): Promise<Attempt> {
	const { signal } = stopping;
	try {
		await work(signal);
		return { status: 'completed' };
	} catch (error) {
		if (signal.aborted) log.info({ queue }, 'job left to the next process');
		else log.warn({ queue, error: String(error) }, 'job failed, will be tried again');
		return { status: 'failed', output: { error: String(error) } };
	}
}

/**
 * Hears what is announced on a channel of Postgres, by any process; `onReconnect` is called at first, and whenever
 * something may have been missed. Undefined where this process has ended before Postgres was there.
 */
export async function listen(
	channel: string,
	onNotice: (payload: string) => void,
	onReconnect: () => void
): Promise<{ close: () => Promise<void> } | undefined> {
	return (await starting)?.getDb().listen?.(channel, onNotice, onReconnect);
}

/** Lets running jobs finish for up to ten seconds, and ends those that know how to; does not wait for a Postgres that is away. */
export async function stop(): Promise<void> {
	stopping.abort();
	isConnected = false;
	const stopped = starting?.then((boss) => boss?.stop({ graceful: true, timeout: 10_000 }));
	starting = undefined;
	await Promise.race([stopped, new Promise((wake) => setTimeout(wake, 12_000).unref())]);
}

/** Adds a job for each payload, in the transaction of the fact that they follow from. */
export async function add<Name extends keyof Queues>(
	queue: Name,
	payloads: Queues[Name][],
	options: Omit<JobInsert, 'data'>,
	tx: Tx
): Promise<void> {
	const boss = await starting;
	if (!boss) throw new Error('jobs.start() comes first');
	const jobs = payloads.map((data) => ({ ...options, data }));
	if (jobs.length > 0) await boss.insert(queue, jobs, { db: joining(tx), returnId: false });
}

/** For pg-boss, whose longest statement takes Postgres longer to plan than to do. */
const joining = (tx: Tx) => ({
	async executeSql(text: string, values: unknown[] = []) {
		return { rows: await rows(`jobs ${digest(text).toString('base64url')}`, text, values, tx) };
	}
});
