import { constants } from 'node:fs';
import { access, chmod, copyFile, mkdir, rename, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, dirname, join, resolve } from 'node:path';
import { Problem } from '../problem.ts';
import { settings } from '../settings.server.ts';

export type Program = 'ffmpeg' | 'ffprobe';

const ENDING = process.platform === 'win32' ? '.exe' : '';

const found = new Map<string, Promise<string | undefined>>();

/**
 * Where ffmpeg or ffprobe is: as FFMPEG_PATH says (ffprobe lies beside it), else on PATH, else what npm brought along.
 * Problem 503 when there is none.
 */
export async function locate(program: Program): Promise<string> {
	const key = [program, settings.FFMPEG_PATH, process.env.PATH].join();
	if (!found.has(key)) found.set(key, look(program));
	const path = await found.get(key);
	if (path) return path;
	found.delete(key);
	throw new Problem(503, 'media_missing');
}

async function look(program: Program): Promise<string | undefined> {
	const { FFMPEG_PATH } = settings;
	if (FFMPEG_PATH) {
		const path =
			program === 'ffmpeg' ? resolve(FFMPEG_PATH) : join(dirname(resolve(FFMPEG_PATH)), program + ENDING);
		return (await isRunnable(path)) ? path : undefined;
	}
	return (await onPath(program)) ?? (await fromNpm(program));
}

/** A program of this machine, if it has one. */
export async function onPath(name: string): Promise<string | undefined> {
	for (const folder of (process.env.PATH ?? '').split(delimiter).filter(Boolean)) {
		const path = join(folder, name + ENDING);
		if (await isRunnable(path)) return path;
	}
}

/** npm unpacks it so that at most its owner may run it, and runs no install script for us: then a copy is run. */
async function fromNpm(program: Program): Promise<string | undefined> {
	const name = `@${program}-installer/${process.platform}-${process.arch}/${program}${ENDING}`;
	try {
		const path = createRequire(import.meta.url).resolve(name);
		return (await isRunnable(path)) ? path : await runnableCopy(path, program);
	} catch {
		return undefined;
	}
}

async function runnableCopy(path: string, program: Program): Promise<string> {
	const folder = join(settings.DATA_DIR, 'programs');
	const copy = join(folder, program + ENDING);
	const { size } = await stat(path);
	const there = await stat(copy).catch(() => undefined);
	if (there?.size === size && (await isRunnable(copy))) return copy;
	await mkdir(folder, { recursive: true });
	const fresh = `${copy}.${process.pid}`;
	await copyFile(path, fresh);
	await chmod(fresh, 0o755);
	await rename(fresh, copy);
	return copy;
}

async function isRunnable(path: string): Promise<boolean> {
	try {
		await access(path, constants.X_OK);
		return (await stat(path)).isFile();
	} catch {
		return false;
	}
}
