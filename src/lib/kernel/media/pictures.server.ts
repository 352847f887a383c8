import { open } from 'node:fs/promises';
import { inChild, TaskError, turns } from '../jobs/child.server.ts';
import { Problem } from '../problem.ts';
import type { Drawn } from './draw-task.ts';

export type { Drawn };

type Task = typeof import('./draw-task.ts');

type Wanted = {
	/** points of ours at most, each way */
	mostPoints: number;
	/** beside ours, the sizes and formats of picture-sizes.ts */
	areCopiesWanted?: boolean;
};

/** By what they begin with. */
const TAKEN = [/^\xff\xd8\xff/, /^\x89PNG\r\n/, /^RIFF....WEBP/s];
const REFUSED: [start: RegExp, code: string][] = [
	[/^GIF8/, 'picture_gif'],
	[/^(\xef\xbb\xbf)?\s*<(\?xml|!--|!doctype svg|svg)/i, 'picture_svg']
];
/** AVIF and HEIC are one container: the brands in its first box say which. */
const CONTAINER = /^....ftyp(....)....((?:....)*)/s;
const HEIC = /he[iv][cmsx]|mif1|msf1/;

const LIMITS = { seconds: 40, heapMb: 128, mayLoadAddons: true };

/** One at a time: each takes a core, and up to 150 MB. */
const inTurn = turns(1);

/**
 * Draws a stranger's picture anew into `folder`, as `original.jpg` and what else is wanted: upright, and without where
 * it was taken, or anything else that came along. Throws 413 and 415, and 503 when too many are waiting.
 */
export async function draw(
	from: string,
	folder: string,
	{ mostPoints, areCopiesWanted = false }: Wanted
): Promise<Drawn> {
	await recognise(from);
	const given = { from, folder, mostPoints, areCopiesWanted };
	const answer = await inTurn(() => inChild<Task>('#lib/kernel/media/draw-task.ts', given, LIMITS)).catch(
		(error: Error) => {
			// the file was what it tripped over
			if (error instanceof TaskError) return { refused: 'broken' as const };
			throw error;
		}
	);
	if (!('refused' in answer)) return answer;
	throw answer.refused === 'too_large'
		? new Problem(413, 'picture_too_large')
		: new Problem(415, 'picture_broken');
}

/** Throws 415 with the sentence for what it is, where it is none that we take. */
async function recognise(path: string): Promise<void> {
	await using file = await open(path);
	const { buffer, bytesRead } = await file.read(Buffer.alloc(256), 0, 256, 0);
	const start = buffer.toString('latin1', 0, bytesRead);
	if (TAKEN.some((beginning) => beginning.test(start))) return;
	const brands = brandsOf(start);
	if (/avi[fs]/.test(brands)) return;
	if (HEIC.test(brands)) throw new Problem(415, 'picture_heic');
	const [, code] = REFUSED.find(([beginning]) => beginning.test(start)) ?? [];
	throw new Problem(415, code ?? 'picture_unknown');
}

function brandsOf(start: string): string {
	const boxBytes = Buffer.from(start, 'latin1').subarray(0, 4);
	const box = boxBytes.length === 4 ? start.slice(0, boxBytes.readUInt32BE()) : '';
	const [, major = '', others = ''] = CONTAINER.exec(box) ?? [];
	return [major, ...(others.match(/..../gs) ?? [])].join(' ');
}
