import { open } from 'node:fs/promises';
import { z } from 'zod';
import { inTurn } from '../jobs/child.server.ts';
import { Problem } from '../problem.ts';
import { MediaFault, run } from './run.server.ts';

/** By what they begin with; the name is that of ffmpeg's demuxer. */
const KINDS: [start: RegExp, demuxer: string][] = [
	[/^\xff\xd8\xff/, 'jpeg_pipe'],
	[/^\x89PNG\r\n/, 'png_pipe'],
	[/^RIFF....WEBP/s, 'webp_pipe'],
	[/^GIF8/, 'gif']
];
const HEIC = /^....ftyp(hei|hev|mif1|msf1)/s;

/** A camera turns no picture, but writes beside it how to hold it: by the number that EXIF has for that. */
const TURNS: Record<string, string> = {
	2: 'hflip',
	3: 'hflip,vflip',
	4: 'vflip',
	5: 'transpose=0',
	6: 'transpose=1',
	7: 'transpose=3',
	8: 'transpose=2'
};

const LIMITS = { seconds: 60, memoryMb: 1024, fileMb: 8, isPatient: true };
const SMALL = "scale='min(1200,iw)':'min(1200,ih)':force_original_aspect_ratio=decrease";

/**
 * Draws a stranger's picture anew, as a JPEG of at most 1,200 points each way: without where it was taken, or anything
 * else that came along. Throws 413 and 415.
 */
export async function redraw(from: string, to: string): Promise<void> {
	const formats = await recognise(from);
	try {
		await inTurn(async () => {
			const turn = await findTurn(from, formats);
			await run({
				program: 'ffmpeg',
				before: ['-v', 'error', '-y', ...(turn ? ['-noautorotate'] : []), '-f', formats],
				...{ path: from, formats, limits: LIMITS },
				after: [
					...['-frames:v', '1', '-map_metadata', '-1', '-an', '-vf', [turn, SMALL].filter(Boolean).join()],
					...['-pix_fmt', 'yuvj420p', '-c:v', 'mjpeg', '-q:v', '3', '-f', 'mjpeg', `file:${to}`]
				]
			});
		});
		await using file = await open(to);
		if ((await file.stat()).size === 0) throw new Problem(415, 'picture_broken');
	} catch (error) {
		if (!(error instanceof MediaFault)) throw error;
		const isTooLarge = error.kind === 'limit' || /exceeds|Picture size/.test(error.said);
		throw isTooLarge ? new Problem(413, 'picture_too_large') : new Problem(415, 'picture_broken');
	}
}

async function recognise(path: string): Promise<string> {
	await using file = await open(path);
	const { buffer, bytesRead } = await file.read(Buffer.alloc(32), 0, 32, 0);
	const start = buffer.toString('latin1', 0, bytesRead);
	if (HEIC.test(start)) throw new Problem(415, 'picture_heic');
	const kind = KINDS.find(([beginning]) => beginning.test(start));
	if (!kind) throw new Problem(415, 'picture_unknown');
	return kind[1];
}

const Told = z.object({
	frames: z.array(z.object({ tags: z.object({ Orientation: z.string().optional() }).optional() }))
});

async function findTurn(path: string, formats: string): Promise<string | undefined> {
	const { told } = await run({
		program: 'ffprobe',
		before: [
			'-v',
			'error',
			'-show_entries',
			'frame_tags=Orientation',
			'-show_frames',
			'-of',
			'json',
			'-f',
			formats
		],
		...{ path, formats, after: [], limits: LIMITS }
	});
	const [frame] = Told.parse(JSON.parse(told)).frames;
	return TURNS[frame?.tags?.Orientation?.trim() ?? ''];
}
