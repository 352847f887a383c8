import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { settle } from '../kernel/files/disk-file.server.ts';
import * as files from '../kernel/files/files.server.ts';
import { FOLDER_MODE } from '../kernel/files/stored.ts';
import { COPIES, ORIGINAL, type PictureCopy } from '../kernel/media/picture-sizes.ts';
import { draw, type Drawn } from '../kernel/media/pictures.server.ts';
import { Problem } from '../kernel/problem.ts';

/** What a camera’s JPEG is halved to at little cost: 12 megapixels stay below 150 MB. */
const MOST_POINTS = 1920;

/** Draws what was sent anew, in all its sizes, and keeps that under `id`. Throws 413, 415 and 503. */
export function keep(path: string, id: string): Promise<Drawn> {
	return inFolder(path, async (folder, drawn) => {
		await files.keep(await settle(join(folder, `original.${ORIGINAL}`)), id, ORIGINAL);
		await keepCopies(folder, id);
		return drawn;
	});
}

/** One of its sizes. Backups and archives have the original alone: then they are drawn again. Throws 404. */
export async function find(id: string, copy: PictureCopy): Promise<files.Stored> {
	try {
		return await files.findCopy(id, copy);
	} catch (error) {
		if (!(error instanceof Problem) || error.status !== 404) throw error;
	}
	await drawAgain(id);
	return files.findCopy(id, copy);
}

const underWay = new Map<string, Promise<void>>();

/** Once for all who ask meanwhile: a page asks for it, and a hundred guests for the page. */
function drawAgain(id: string): Promise<void> {
	const drawing =
		underWay.get(id) ??
		files
			.withLocal(id, ORIGINAL, (path) => inFolder(path, (folder) => keepCopies(folder, id)))
			.finally(() => underWay.delete(id));
	underWay.set(id, drawing);
	return drawing;
}

async function keepCopies(folder: string, id: string): Promise<void> {
	for (const copy of COPIES) await files.keepCopy(await settle(join(folder, copy)), id, copy);
}

async function inFolder<Result>(
	path: string,
	work: (folder: string, drawn: Drawn) => Promise<Result>
): Promise<Result> {
	const folder = join(await files.incomingDir(), randomUUID());
	await mkdir(folder, { mode: FOLDER_MODE });
	try {
		return await work(folder, await draw(path, folder, { mostPoints: MOST_POINTS, areCopiesWanted: true }));
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
