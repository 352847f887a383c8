import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { TaskError, turns } from '../../kernel/jobs/child.server.ts';
import type { Seating, Task } from './seating.ts';
import type { Progress } from './solver.ts';
import type { Said } from './worker.ts';

/** Ten times what 2,000 guests on 250 tables take. */
const MEMORY = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32 };
const SECONDS = 60;
/** What comes after the last step: seats, and why which wish does not hold. */
const GRACE_SECONDS = 20;

type Options = {
	/** some ten times a second */
	onProgress?: (progress: Progress) => void;
	/** ends it with the best plan until then */
	signal?: AbortSignal;
	/** as long as it looks at most; the plan it then has is the answer */
	seconds?: number;
};

// one core is enough for that, the pages have the others
const inTurn = turns(1);
const running = new Set<Worker>();
// from src, also of what is built: Node runs it as it is
const { resolve: locate } = createRequire(import.meta.url);

/**
 * Seats people in a thread of its own, one task after the other. Rejects with TaskError when it went past its memory or
 * its time, or was ended by `stop`; with Problem 503 when too many wait for their turn.
 */
export async function solve(task: Task, options: Options = {}): Promise<Seating> {
	return inTurn(() => run(task, options));
}

/** Ends what is under way, without an answer: for a process that ends. */
export async function stop(): Promise<void> {
	await Promise.all([...running].map((worker) => worker.terminate()));
}

async function run(task: Task, { onProgress, signal, seconds = SECONDS }: Options): Promise<Seating> {
	const milliseconds = Math.min(task.milliseconds ?? Infinity, seconds * 1000);
	const worker = new Worker(locate('#lib/tables/solver/worker.ts'), {
		workerData: { ...task, milliseconds } satisfies Task,
		// neither our settings nor what the process was started with
		env: {},
		execArgv: [],
		resourceLimits: MEMORY
	});
	running.add(worker);
	const { promise, resolve, reject } = Promise.withResolvers<Seating>();
	const timer = setTimeout(() => reject(new TaskError('took too long')), milliseconds + GRACE_SECONDS * 1000);
	const end = () => worker.postMessage('stop');
	worker.on('message', (said: Said) => {
		if ('seating' in said) resolve(said.seating);
		else onProgress?.(said.progress);
	});
	worker.once('error', (error) => reject(new TaskError(error.message, { cause: error })));
	worker.once('exit', (code) => reject(new TaskError(`ended with ${code} and no answer`)));
	if (signal?.aborted) end();
	signal?.addEventListener('abort', end, { once: true });
	try {
		return await promise;
	} finally {
		clearTimeout(timer);
		signal?.removeEventListener('abort', end);
		await worker.terminate();
		running.delete(worker);
	}
}
