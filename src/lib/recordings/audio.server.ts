import { open } from 'node:fs/promises';
import { inChild, TaskError } from '../kernel/jobs/child.server.ts';
import { Problem } from '../kernel/problem.ts';
import { type Audio, MIME_TYPES, plays } from './audio.ts';
import * as durations from './durations.server.ts';

type Headers = typeof import('./audio-headers.server.ts');

const LONGEST_SECONDS = 7 * 24 * 3600;

/** Says what a file is by its bytes alone; one that is not a recording is refused with 415. */
export async function recognise(path: string): Promise<Audio> {
	const task = '#lib/recordings/audio-headers.server.ts';
	const limits = { seconds: 10, heapMb: 96 };
	const { format, codec, seconds, hertz, isVideo } = await inChild<Headers>(task, path, limits).catch(
		(error) => {
			if (error instanceof TaskError) return unreadable();
			throw error;
		}
	);
	if (!format) throw new Problem(415, 'not_audio');
	if (isVideo) throw new Problem(415, 'audio_is_video');

	await using file = await open(path);
	let durationSeconds = seconds;
	if (format === 'mp3' || format === 'aac') durationSeconds = await durations.ofFrames(file, format);
	if (format === 'ogg') durationSeconds = await durations.ofOgg(file, codec, hertz);
	if (format === 'webm') durationSeconds ??= await durations.ofWebm(file);
	if (!durationSeconds || !(durationSeconds > 0 && durationSeconds < LONGEST_SECONDS)) return unreadable();

	return {
		format,
		mimeType: MIME_TYPES[format],
		extension: format,
		codec,
		durationSeconds,
		plays: plays(format, codec)
	};
}

function unreadable(): never {
	throw new Problem(415, 'audio_unreadable');
}
