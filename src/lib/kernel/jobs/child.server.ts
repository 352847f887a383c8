import { fork, type Serializable } from 'node:child_process';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { pathToFileURL } from 'node:url';
import { Problem } from '../problem.ts';

/** A module whose default export does the work, in the process of its own. */
type TaskModule = { default: (input: never) => unknown };
type Input<Module extends TaskModule> = Parameters<Module['default']>[0];
type Output<Module extends TaskModule> = Awaited<ReturnType<Module['default']>>;

type Limits = {
	seconds: number;
	heapMb: number;
	patienceSeconds?: number;
	/** native code: it writes files too, whatever Node says */
	mayLoadAddons?: boolean;
};

/** More would only be slower, and each takes 50 MB; two at least, so that a long one leaves room for a short one. */
const MOST_AT_ONCE = Math.max(2, availableParallelism());
/** Whoever waits has sent a whole file: they are refused when it would take a minute, and not before. */
const PATIENCE_SECONDS = 60;
const MOST_WAITING = 200;

/** The task threw, or was stopped because it went past its limits. */
export class TaskError extends Error {}

/**
 * Runs the task of a file, `#lib/…` say, in a process of its own and gives back what it returns; both must be JSON.
 * What would hold up everybody else, or may trip over a hostile file, does so there, without our settings, where it
 * can read files and nothing more. Rejects with TaskError; with a system error when no process could be started; with
 * Problem 503 when so many are waiting already that its turn does not come.
 *
 * Not a thread: V8 does not always notice in time that a thread's heap is full, and then ends the whole process.
 */
export async function inChild<Module extends TaskModule>(
	file: string,
	input: Input<Module>,
	{ patienceSeconds = PATIENCE_SECONDS, ...limits }: Limits
): Promise<Output<Module>> {
	return inTurn(() => run<Output<Module>>(file, input, limits), patienceSeconds);
}

/** For work of which so much may go on at once: runs it when its turn comes; Problem 503 when it would not come in time. */
export function turns(mostAtOnce: number) {
	let running = 0;
	const waiting: (() => void)[] = [];

	/** Whoever is finished hands their place on, to the one who has waited longest. */
	async function turn(patienceSeconds: number): Promise<void> {
		if (running < mostAtOnce) return void running++;
		const busy = new Problem(503, 'busy', {}, { 'retry-after': '60' });
		if (waiting.length >= MOST_WAITING) throw busy;
		const { promise, resolve, reject } = Promise.withResolvers<void>();
		waiting.push(resolve);
		const timer = setTimeout(() => {
			waiting.splice(waiting.indexOf(resolve), 1);
			reject(busy);
		}, patienceSeconds * 1000);
		await promise.finally(() => clearTimeout(timer));
	}

	return async function inTurn<Result>(
		work: () => Promise<Result>,
		patienceSeconds = PATIENCE_SECONDS
	): Promise<Result> {
		await turn(patienceSeconds);
		try {
			return await work();
		} finally {
			const next = waiting.shift();
			if (next) next();
			else running--;
		}
	};
}

/** For what keeps a core busy. */
export const inTurn = turns(MOST_AT_ONCE);

// from src, also of what is built: Node runs it as it is
const { resolve: locate } = createRequire(import.meta.url);

function run<Result>(
	file: string,
	input: unknown,
	{ seconds, heapMb, mayLoadAddons = false }: Omit<Limits, 'patienceSeconds'>
): Promise<Result> {
	const child = fork(locate('#lib/kernel/jobs/run-task.ts'), [pathToFileURL(locate(file)).href], {
		execArgv: [
			...['--permission', '--allow-fs-read=*', `--max-old-space-size=${heapMb}`],
			// three times 16 MB for what is new cost more than they save: a workbook of 9,000 rows took 40 MB more
			'--max-semi-space-size=1',
			...(mayLoadAddons ? ['--allow-addons'] : [])
		],
		// else glibc keeps memory for each thread: half as much again
		env: { MALLOC_ARENA_MAX: '1' },
		stdio: ['ignore', 'ignore', 'ignore', 'ipc']
	});
	const { promise, resolve, reject } = Promise.withResolvers<Result>();
	const timer = setTimeout(() => reject(new TaskError('took too long')), seconds * 1000);
	child.once('spawn', () => child.send(input as Serializable, () => {}));
	child.once('message', ({ output }: { output: Result }) => resolve(output));
	child.once('error', reject);
	child.once('exit', (code, signal) => reject(new TaskError(`ended with ${signal ?? code} and no answer`)));
	return promise.finally(() => {
		clearTimeout(timer);
		child.kill('SIGKILL');
	});
}
