import { mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { inChild } from '../jobs/child.server.ts';
import { Problem } from '../problem.ts';
import { settings } from '../settings.server.ts';
import {
	ASIDE,
	ASIDE_MS,
	FOLDER_MODE,
	folderName,
	FRESH_MS,
	isId,
	type Stored,
	type Sums
} from './stored.ts';

type Hash = typeof import('./hash.server.ts');

/* Files at `UPLOADS_DIR/<id>/original.<extension>` and what was made of it beside that, on a disk of this machine or one that several share. */

/** Large enough that the disk and not the loop sets the pace, small enough for many listeners at once. */
const BLOCK_BYTES = 256 << 10;

export async function keep(path: string, id: string, name: string): Promise<void> {
	await mkdir(folder(id), { recursive: true, mode: FOLDER_MODE });
	await rename(path, join(folder(id), name));
	await syncFolder(folder(id));
	await syncFolder(settings.UPLOADS_DIR);
}

export async function find(id: string, name: string): Promise<Stored> {
	const path = join(folder(id), name);
	const { size, mtime } = await stat(path).catch((error: NodeJS.ErrnoException) => {
		throw error.code === 'ENOENT' ? new Problem(404, 'not_found') : error;
	});
	return { bytes: size, modifiedAt: mtime, path, read: (first, last) => read(path, first, last) };
}

export async function remove(id: string): Promise<void> {
	for (const path of [folder(id), join(settings.UPLOADS_DIR, ASIDE, folderName(id))])
		await rm(path, { recursive: true, force: true });
}

export async function ids(): Promise<string[]> {
	return (await names(settings.UPLOADS_DIR, isId)).map((path) => basename(path));
}

export async function sweep(ids: ReadonlySet<string>): Promise<number> {
	const { UPLOADS_DIR } = settings;
	const aside = join(UPLOADS_DIR, ASIDE);
	await mkdir(aside, { recursive: true, mode: FOLDER_MODE });
	for (const path of await names(aside, (name) => ids.has(name))) await move(path, UPLOADS_DIR);

	const lost = await names(UPLOADS_DIR, (name) => isId(name) && !ids.has(name), FRESH_MS);
	for (const path of lost) await move(path, aside);
	const gone = await names(aside, () => true, ASIDE_MS);
	for (const path of gone) await rm(path, { recursive: true, force: true });
	return lost.length + gone.length;
}

/** In a process of its own: while an upload or a page is being served it would cost them a third of their speed. */
export async function sums(id: string, name: string): Promise<Sums> {
	const { path } = await find(id, name);
	return inChild<Hash>('#lib/kernel/files/hash.server.ts', path!, { seconds: 600, heapMb: 32 });
}

/** Paths in `dir` of what is meant and was not touched for so long. */
export async function names(
	dir: string,
	isMeant: (name: string) => boolean,
	untouchedMs = 0
): Promise<string[]> {
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

/** Opens the file when the first byte is wanted, and closes it when the last one is, or nobody listens any more. */
async function* read(path: string, first: number, last: number): AsyncGenerator<Uint8Array> {
	await using file = await open(path);
	for (let at = first; at <= last;) {
		const length = Math.min(BLOCK_BYTES, last + 1 - at);
		const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(length), 0, length, at);
		if (bytesRead === 0) throw new Error('the file is shorter than it was');
		at += bytesRead;
		yield buffer.subarray(0, bytesRead);
	}
}

/** Its time is then that of the move. Fine when another process, which sweeps at the same time, was quicker. */
async function move(path: string, dir: string): Promise<void> {
	const now = new Date();
	try {
		await rename(path, join(dir, basename(path)));
		await utimes(join(dir, basename(path)), now, now);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
	}
}

function folder(id: string): string {
	return join(settings.UPLOADS_DIR, folderName(id));
}

/** A new name in a folder is only safe once the folder is synced too; Windows neither needs nor allows it. */
async function syncFolder(path: string): Promise<void> {
	if (process.platform === 'win32') return;
	await using dir = await open(path);
	await dir.sync();
}
