/* What the thread that `solve` starts runs: seats people in slices, between which it hears that it is to stop. */
import { setImmediate } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import type { Seating, Task } from './seating.ts';
import { seatInSlices, type Progress } from './solver.ts';

export type Said = { progress: Progress } | { seating: Seating };

/** As often as a bar that grows needs it. */
const TELL_EVERY = 100;

const port = parentPort!;
const tell = (said: Said) => port.postMessage(said);
let isStopped = false;
port.once('message', () => (isStopped = true));

const slices = seatInSlices(workerData as Task);
let told = 0;
for (let slice = slices.next(); ; slice = slices.next(isStopped)) {
	if (slice.done) {
		tell({ seating: slice.value });
		break;
	}
	if (performance.now() - told > TELL_EVERY) {
		tell({ progress: slice.value });
		told = performance.now();
	}
	await setImmediate();
}
port.close();
