import { Worker } from 'node:worker_threads';

type Task<Input, Output> = (input: Input, require: NodeJS.Require) => Output | Promise<Output>;

type Limits = { seconds: number; heapMb: number };

/**
 * Runs `task` in a thread of its own and gives back what it returns. What would hold up everybody else, or may
 * trip over a hostile file, does so there: past its limits the thread is stopped and the promise rejects.
 *
 * The task travels as text, so that it needs no file of its own that a bundler would have to find: it sees
 * nothing of what is around it, and takes modules from the `require` that it is given.
 */
export function inThread<Input, Output>(
	task: Task<Input, Output>,
	input: Input,
	limits: Limits
): Promise<Output> {
	const worker = new Worker(
		`const { parentPort, workerData } = require('node:worker_threads');
		const { createRequire } = require('node:module');
		const task = ${task.toString()};
		Promise.resolve(task(workerData.input, createRequire(workerData.from))).then((output) => parentPort.postMessage(output));`,
		{
			eval: true,
			workerData: { input, from: import.meta.url },
			resourceLimits: { maxOldGenerationSizeMb: limits.heapMb }
		}
	);
	return new Promise<Output>((resolve, reject) => {
		const timer = setTimeout(() => reject(new Error('took too long')), limits.seconds * 1000);
		worker.once('message', resolve);
		worker.once('error', reject);
		worker.once('exit', () => {
			clearTimeout(timer);
			reject(new Error('ended without an answer'));
		});
	}).finally(() => worker.terminate());
}
