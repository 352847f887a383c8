import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** So long nobody has asked for anything. */
const QUIET_MS = 10_000;

/**
 * Gives memory back when it gets quiet, which V8 does not do by itself: 35 of 200 MB after the start, more after a busy
 * hour, in a tenth of a second. Returns what tells it that somebody asks.
 */
export function giveBackWhenQuiet(giveBack = collect): () => void {
	const timer = setTimeout(giveBack, QUIET_MS).unref();
	return () => void timer.refresh();
}

let gc: NodeJS.GCFunction | undefined;

// as a flag of Node's it would cost each start a tenth
function collect(): void {
	if (!gc) {
		setFlagsFromString('--expose-gc');
		gc = runInNewContext('gc') as NodeJS.GCFunction;
	}
	gc({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}
