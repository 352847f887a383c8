import { mkdir, open, readdir, rename, rm, stat, statfs, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';
import { settings } from './settings.server.ts';
import { inThread } from './thread.server.ts';

/*
 * Where the bytes of recordings live: `uploads/<id>/original.<extension>`, and what is still coming in under
 * `uploads/.incoming/`. Nobody else knows these paths, so that they can move to S3 one day.
 */

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
const HOUR_MS = 3600_000;

/** One folder for each process, so that what a dead one left can be told from what a live one is writing. */
const OWN = `${hostname()}-${process.pid}-${Date.now()}`;

export async function incomingDir(): Promise<string> {
	const dir = join(settings.UPLOADS_DIR, '.incoming', OWN);
	await mkdir(dir, { recursive: true });
	return dir;
}

export function original(id: string, extension: string): string {
	return join(folder(id), `original.${extension}`);
}

/** Moves a complete, synced file to its place for good; a row may name it as soon as this resolves. */
export async function keep(path: string, id: string, extension: string): Promise<void> {
	await mkdir(folder(id), { recursive: true });
	await rename(path, original(id, extension));
	await syncFolder(folder(id));
	await syncFolder(settings.UPLOADS_DIR);
}

/** Removes all that belongs to a recording; fine when nothing does. */
export async function remove(id: string): Promise<void> {
	await rm(folder(id), { recursive: true, force: true });
}

/** Removes a received file that is not kept. */
export async function discard(path: string): Promise<void> {
	await rm(path, { force: true });
}

/**
 * Sets aside what no row in `ids` names, and removes what uploads of processes that are gone have left. Folders
 * younger than an hour stay: their row may be about to appear. What was set aside comes back when there is a row
 * for it (it was another database that looked, or a restore was not done yet), and goes for good after a month.
 * Gives back how many things it set aside or removed.
 */
export async function sweep(ids: ReadonlySet<string>): Promise<number> {
	const { UPLOADS_DIR } = settings;
	const [incoming, aside] = [join(UPLOADS_DIR, '.incoming'), join(UPLOADS_DIR, '.lost')];
	await mkdir(aside, { recursive: true });
	for (const path of await names(aside, (name) => ids.has(name))) await move(path, UPLOADS_DIR);

	const lost = await names(UPLOADS_DIR, (name) => UUID.test(name) && !ids.has(name), HOUR_MS);
	for (const path of lost) await move(path, aside);
	const gone = [
		...(await names(aside, () => true, 30 * 24 * HOUR_MS)),
		...(await names(incoming, isOfDeadProcess)),
		...(await names(incoming, isOfOtherHost, 24 * HOUR_MS))
	];
	for (const path of gone) await rm(path, { recursive: true, force: true });
	return lost.length + gone.length;
}

/** Its time is then that of the move. */
async function move(path: string, dir: string): Promise<void> {
	const now = new Date();
	await rename(path, join(dir, basename(path)));
	await utimes(join(dir, basename(path)), now, now);
}

export async function freeBytes(): Promise<number> {
	await mkdir(settings.UPLOADS_DIR, { recursive: true });
	const { bavail, bsize } = await statfs(settings.UPLOADS_DIR);
	return bavail * bsize;
}

/** Hexadecimal. In a thread: while an upload or a page is being served it would cost them a third of their speed. */
export function sha256(path: string): Promise<string> {
	return inThread(hash, path, { seconds: 600, heapMb: 32 });
}

function hash(path: string, require: NodeJS.Require): string {
	const { closeSync, openSync, readSync } = require('node:fs') as typeof import('node:fs');
	const { createHash } = require('node:crypto') as typeof import('node:crypto');
	const sum = createHash('sha256');
	const file = openSync(path, 'r');
	const block = Buffer.allocUnsafe(1 << 20);
	for (let bytes; (bytes = readSync(file, block)) > 0;) sum.update(block.subarray(0, bytes));
	closeSync(file);
	return sum.digest('hex');
}

function folder(id: string): string {
	if (!UUID.test(id)) throw new Error('not the id of a recording');
	return join(settings.UPLOADS_DIR, id);
}

async function names(dir: string, isMeant: (name: string) => boolean, untouchedMs = 0): Promise<string[]> {
	const found = await readdir(dir).catch(() => []);
	const paths = found.filter(isMeant).map((name) => join(dir, name));
	const times = await Promise.all(
		paths.map((path) =>
			stat(path).then(
				({ mtimeMs }) => mtimeMs,
				() => Infinity
			)
		)
	);
	return paths.filter((_, index) => times[index]! <= Date.now() - untouchedMs);
}

function isOfOtherHost(name: string): boolean {
	return !name.startsWith(`${hostname()}-`);
}

function isOfDeadProcess(name: string): boolean {
	if (name === OWN || isOfOtherHost(name)) return false;
	const pid = Number(name.split('-').at(-2));
	// in a container every process has the number that the one before it had
	return pid === process.pid || !isAlive(pid);
}

function isAlive(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}

/** A new name in a folder is only safe once the folder is synced too; Windows neither needs nor allows it. */
async function syncFolder(path: string): Promise<void> {
	if (process.platform === 'win32') return;
	await using dir = await open(path);
	await dir.sync();
}
