import { spawn } from 'node:child_process';

type Task<Input, Output> = (input: Input, require: NodeJS.Require) => Output | Promise<Output>;

type Limits = { seconds: number; heapMb: number };

/** The task threw, or was stopped because it went past its limits. */
export class TaskError extends Error {}

/**
 * Runs `task` in a process of its own and gives back what it returns; both must be JSON. What would hold up
 * everybody else, or may trip over a hostile file, does so there, without our settings, where it can read files and
 * nothing more. Rejects with TaskError; with a system error when no process could be started.
 *
 * Not a thread: V8 does not always notice in time that a thread's heap is full, and then ends the whole process.
 *
 * The task travels as text, so that it needs no file of its own that a bundler would have to find: it sees
 * nothing of what is around it, and takes modules from the `require` that it is given.
 */
export function inChild<Input, Output>(
	task: Task<Input, Output>,
	input: Input,
	{ seconds, heapMb }: Limits
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
