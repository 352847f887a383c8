import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const SOCKET = '.s.PGSQL.5432';
/** How long one whose keeper was killed may take to write everything down. */
const LAST_WORDS_MS = 30_000;

type Postmaster = { pid?: string; socket?: string; status?: string };

/** What Postgres has written into its data folder about itself: all of it is only as true as when it was written. */
export function record(data: string): Postmaster | undefined {
	try {
		const lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
		return { pid: lines[0]?.trim(), socket: lines[4]?.trim(), status: lines[7]?.trim() };
	} catch {
		return undefined;
	}
}

/**
 * Once nobody keeps the Postgres in `data`: waits until it has stopped, and clears away what keeps the next one from
 * starting when it could not stop in order. False when it goes on.
 */
export async function settle(data: string, socket: string): Promise<boolean> {
	const left = record(data);
	for (const end = Date.now() + LAST_WORDS_MS; await isListening(left?.socket || socket); await sleep(100))
		if (Date.now() > end) return false;
	forget(data);
	rmSync(join(socket, `${SOCKET}.lock`), { force: true });
	return true;
}

/**
 * After a power cut the process id in the file may by now be that of another program, which Postgres takes for
 * itself. That of its parent it does not; then it goes by the shared memory that the file names too.
 */
function forget(data: string) {
	const file = join(data, 'postmaster.pid');
	const { pid } = record(data) ?? {};
	if (pid === undefined) return;
	if (!/^-?\d+$/.test(pid)) return rmSync(file, { force: true });
	writeFileSync(file, readFileSync(file, 'utf8').replace(/^.*/, String(process.pid)));
}

/** The only proof that it runs: a process id may be anybody's. */
export function isListening(folder: string): Promise<boolean> {
	const connection = connect(join(folder, SOCKET));
	return new Promise<boolean>((resolve) => {
		connection.once('connect', () => resolve(true));
		// so many are waiting at its door
		connection.once('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'EAGAIN'));
	}).finally(() => connection.destroy());
}
