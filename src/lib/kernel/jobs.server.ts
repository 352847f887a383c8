import { fromPrisma, type Job, PgBoss, type JobInsert, type JobResult, type QueueOptions } from 'pg-boss';
import type { Tx } from './db.server.ts';
import { log } from './log.server.ts';
import { directUrl } from './settings.server.ts';

/** One kind of background work. `work` throws to be tried again. */
export type Queue<Data extends object = object> = {
	name: string;
	work: (data: Data) => Promise<void>;
	/** retries and their delays, in seconds */
	options?: QueueOptions;
	/** for work that comes by the clock, five fields in UTC */
	cron?: string;
};

let starting: Promise<PgBoss | undefined> | undefined;
let isStopping = false;
let isConnected = false;

/** Whether this process takes part in the jobs: false until they are reached for the first time. */
export const hasStarted = () => isConnected;

/**
 * Connects to the jobs in Postgres and makes sure that each queue exists, trying until Postgres is there.
 * With `work: false` jobs can be added but are left to another process (the command line, tests).
 */
export function start(queues: Queue<never>[], { work = true } = {}): Promise<PgBoss | undefined> {
	isStopping = false;
	return (starting ??= connect(queues, work));
}

async function connect(queues: Queue<never>[], work: boolean): Promise<PgBoss | undefined> {
	while (!isStopping) {
		const boss = new PgBoss({
			connectionString: directUrl(),
			schema: 'jobs',
			max: 3,
			application_name: 'vowtape jobs',
			useListenNotify: work,
			supervise: work,
			schedule: work
		});
		boss.on('error', ({ message }) => log.warn({ error: message }, 'jobs'));
		try {
			await boss.start();
			for (const queue of queues) await open(boss, queue, work);
			isConnected = true;
			return boss;
		} catch (error) {
			log.warn({ error: String(error) }, 'jobs not started');
			await boss.stop({ graceful: false }).catch(() => {});
			await new Promise((wake) => setTimeout(wake, 2000));
		}
	}
}

async function open(boss: PgBoss, { name, options, cron, work: handler }: Queue<never>, work: boolean) {
	if (!(await boss.getQueue(name))) await boss.createQueue(name, { notify: true, ...options });
	if (!work) return;
	if (cron) await boss.schedule(name, cron);
	// a worker that takes one at a time would wait for the next poll after each
	const working = {
		batchSize: 4,
		burstWhenBatchFull: true,
		pollingIntervalSeconds: 2,
		// while Postgres says what is new; after an outage it does not do so at once
		notifyPollingIntervalSeconds: 8,
		perJobResults: true
	} as const;
	await boss.work(name, working, async (batch: Job<never>[]) => {
		const results: JobResult[] = [];
		for (const { id, data } of batch) {
			const status = await attempt(name, () => handler(data));
			results.push({ id, ...status });
		}
		return results;
	});
}

async function attempt(queue: string, work: () => Promise<void>): Promise<Omit<JobResult, 'id'>> {
	try {
		await work();
		return { status: 'completed' };
	} catch (error) {
		log.warn({ queue, error: String(error) }, 'job failed, will be tried again');
		return { status: 'failed', output: { error: String(error) } };
	}
}

/** Lets running jobs finish for up to ten seconds; does not wait for a Postgres that is away. */
export async function stop(): Promise<void> {
	isStopping = true;
	isConnected = false;
	const stopped = starting?.then((boss) => boss?.stop({ graceful: true, timeout: 10_000 }));
	starting = undefined;
	await Promise.race([stopped, new Promise((wake) => setTimeout(wake, 12_000).unref())]);
}

/** Adds jobs in the transaction of the fact that they follow from. */
export async function add(tx: Tx, queue: string, jobs: JobInsert[]): Promise<void> {
	const boss = await starting;
	if (!boss) throw new Error('jobs.start() comes first');
	if (jobs.length > 0) await boss.insert(queue, jobs, { db: fromPrisma(tx), returnId: false });
}
