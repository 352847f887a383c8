import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { Problem } from '../problem.ts';

type Task<Input, Output> = (input: Input, require: NodeJS.Require) => Output | Promise<Output>;

type Limits = { seconds: number; heapMb: number; patienceSeconds?: number };

/** More would only be slower, and each takes 50 MB; two at least, so that a long one leaves room for a short one. */
const MOST_AT_ONCE = Math.max(2, availableParallelism());
/** Whoever waits has sent a whole file: they are refused when it would take a minute, and not before. */
const PATIENCE_SECONDS = 60;
const MOST_WAITING = 200;

/** The task threw, or was stopped because it went past its limits. */
export class TaskError extends Error {}

/**
 * Runs `task` in a process of its own and gives back what it returns; both must be JSON. What would hold up
 * everybody else, or may trip over a hostile file, does so there, without our settings, where it can read files and
 * nothing more. Rejects with TaskError; with a system error when no process could be started; with Problem 503 when
 * so many are waiting already that its turn does not come.
 *
 * Not a thread: V8 does not always notice in time that a thread's heap is full, and then ends the whole process.
 *
 * The task travels as text, so that it needs no file of its own that a bundler would have to find: it sees
 * nothing of what is around it, and takes modules from the `require` that it is given.
 */
export async function inChild<Input, Output>(
	task: Task<Input, Output>,
	input: Input,
	{ patienceSeconds = PATIENCE_SECONDS, ...limits }: Limits
): Promise<Output> {
	await turn(patienceSeconds);
	try {
		return await run(task, input, limits);
	} finally {
		const next = waiting.shift();
		if (next) next();
		else running--;
	}
}

let running = 0;
const waiting: (() => void)[] = [];

/** Whoever is finished hands their place on, to the one who has waited longest. */
async function turn(patienceSeconds: number): Promise<void> {
	if (running < MOST_AT_ONCE) return void running++;
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

function run<Input, Output>(
	task: Task<Input, Output>,
	input: Input,
	{ seconds, heapMb }: Omit<Limits, 'patienceSeconds'>
): Promise<Output> {
	// whoever stops the site by Ctrl-C stops this only when the site has ended, which the channel tells
	const code = `
		process.on('SIGINT', () => {}).on('disconnect', () => process.exit());
		const require = process.getBuiltinModule('node:module').createRequire(${JSON.stringify(import.meta.url)});
		Promise.resolve((${task.toString()})(${JSON.stringify(input)}, require)).then((output) => process.send({ output }));`;
	const flags = ['--permission', '--allow-fs-read=*', `--max-old-space-size=${heapMb}`];
	const child = spawn(process.execPath, [...flags, '--input-type=commonjs', '--eval', code], {
		env: {},
		stdio: ['ignore', 'ignore', 'ignore', 'ipc']
	});
	const { promise, resolve, reject } = Promise.withResolvers<Output>();
	const timer = setTimeout(() => reject(new TaskError('took too long')), seconds * 1000);
	child.once('message', ({ output }: { output: Output }) => resolve(output));
	child.once('error', reject);
	child.once('exit', (code, signal) => reject(new TaskError(`ended with ${signal ?? code} and no answer`)));
	return promise.finally(() => {
		clearTimeout(timer);
		child.kill('SIGKILL');
	});
}
