import { randomUUID } from 'node:crypto';
import { mkdir, rm, statfs, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';
import * as bucketStore from './bucket-store.server.ts';
import * as diskStore from './disk-store.server.ts';
import { Problem } from '../problem.ts';
import { settings } from '../settings.server.ts';
import {
	type Copy,
	FILE_MODE,
	FOLDER_MODE,
	originalName,
	type Store,
	type Stored,
	type Sums
} from './stored.ts';

/*
 * Where uploaded files live: in UPLOADS_DIR, or in the bucket that UPLOADS_TO names. Nobody else knows
 * which. What is still coming in is under `UPLOADS_DIR/.incoming/` either way.
 *
 * A bucket that is away is Problem 503, one that is full 507; a disk throws what it met.
 */

export type { Copy, Stored };

const HOUR_MS = 3600_000;
const DAY_MS = 24 * HOUR_MS;

/** Left free on the disk of UPLOADS_DIR, for the database, the mail and everybody's answers. */
export const SPARE_BYTES = 2 ** 30;

const store = (): Store => (settings.UPLOADS_TO ? bucketStore : diskStore);

/** One folder for each process, so that what a dead one left can be told from what a live one is writing. */
const OWN = `${hostname()}-${process.pid}-${Date.now()}`;

const RESUMABLE = 'resumable';

export async function incomingDir(): Promise<string> {
	const dir = join(settings.UPLOADS_DIR, '.incoming', OWN);
	await mkdir(dir, { recursive: true, mode: FOLDER_MODE });
	return dir;
}

/** One that outlives its process, for what is sent in pieces: whoever uses it sweeps it. */
export async function resumableDir(): Promise<string> {
	const dir = join(settings.UPLOADS_DIR, '.incoming', RESUMABLE);
	await mkdir(dir, { recursive: true, mode: FOLDER_MODE });
	return dir;
}

/** Moves a complete, synced file to its place for good; a row may name it as soon as this resolves. */
export function keep(path: string, id: string, extension: string): Promise<void> {
	return store().keep(path, id, originalName(extension));
}

/** The same with what was made of the original. Whoever reads an older one meanwhile reads that to its end. */
export function keepCopy(path: string, id: string, name: Copy): Promise<void> {
	return store().keep(path, id, name);
}

/** A file as it was uploaded; Problem 404 when there is none. */
export function find(id: string, extension: string): Promise<Stored> {
	return store().find(id, originalName(extension));
}

/** What was made of it; Problem 404 when it is not there (yet). */
export function findCopy(id: string, name: Copy): Promise<Stored> {
	return store().find(id, name);
}

/** Removes everything under this id, what was set aside of it too; fine when nothing does. */
export function remove(id: string): Promise<void> {
	return store().remove(id);
}

/** Both sums of a file, by reading all of it once. */
export function sums(id: string, extension: string): Promise<Sums> {
	return store().sums(id, originalName(extension));
}

/** Of a file, hexadecimal. */
export async function sha256(id: string, extension: string): Promise<string> {
	return (await sums(id, extension)).sha256;
}

/** The ids under which there is a file, whether or not there is a row for it. */
export function ids(): Promise<string[]> {
	return store().ids();
}

/** Removes a received file that is not kept. */
export async function discard(path: string): Promise<void> {
	await rm(path, { force: true });
}

/**
 * Sets aside what no row in `ids` names, and removes what uploads of processes that are gone have left. What is
 * younger than an hour stays: its row may be about to appear. What was set aside comes back when there is a row
 * for it (it was another database that looked, or a restore was not done yet), and goes for good after a month.
 * Gives back how many things it set aside or removed.
 */
export async function sweep(ids: ReadonlySet<string>): Promise<number> {
	const incoming = join(settings.UPLOADS_DIR, '.incoming');
	const dead = [
		...(await diskStore.names(incoming, isOfDeadProcess)),
		...(await diskStore.names(incoming, isOfOtherHost, DAY_MS))
	].filter((path) => basename(path) !== RESUMABLE);
	for (const path of dead) await rm(path, { recursive: true, force: true });
	return dead.length + (await store().sweep(ids));
}

/** Removes from `resumableDir` what no row in `ids` names. Gives back how many. */
export async function sweepResumable(ids: ReadonlySet<string>): Promise<number> {
	const isNobodys = (name: string) => !ids.has(name);
	const gone = await diskStore.names(await resumableDir(), isNobodys, HOUR_MS);
	for (const path of gone) await discard(path);
	return gone.length;
}

/** Whether the bucket answers, where there is one; never throws. */
export async function isReachable(): Promise<boolean> {
	return !settings.UPLOADS_TO || bucketStore.isReachable();
}

/** Of the disk on which uploads come in. */
export async function freeBytes(): Promise<number> {
	await mkdir(settings.UPLOADS_DIR, { recursive: true, mode: FOLDER_MODE });
	const { bavail, bsize } = await statfs(settings.UPLOADS_DIR);
	return bavail * bsize;
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

/**
 * Lends the original as a file of this machine, for as long as the work takes: one that lies in a bucket is fetched.
 * Problem 507 where there is no room for it.
 */
export async function withLocal<Result>(
	id: string,
	extension: string,
	work: (path: string) => Promise<Result>
): Promise<Result> {
	const { path, bytes, read } = await find(id, extension);
	if (path) return work(path);
	if ((await freeBytes()) < bytes + SPARE_BYTES) throw new Problem(507, 'disk_full');
	const copy = join(await incomingDir(), `${id}-${randomUUID()}`);
	try {
		await writeFile(copy, read(0, bytes - 1), { mode: FILE_MODE });
		return await work(copy);
	} finally {
		await rm(copy, { force: true });
	}
}
