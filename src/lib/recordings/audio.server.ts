import { open } from 'node:fs/promises';
import { inChild, TaskError } from '../kernel/jobs/child.server.ts';
import { Problem } from '../kernel/problem.ts';
import { type Audio, type Format, MIME_TYPES, plays } from './audio.ts';
import * as durations from './durations.server.ts';

/** The kinds that file-type tells apart, and what they are for us. */
const FORMATS: Record<string, Format> = {
	wav: 'wav',
	aif: 'aiff',
	flac: 'flac',
	mp3: 'mp3',
	aac: 'aac',
	webm: 'webm',
	...{ ogg: 'ogg', oga: 'ogg', opus: 'ogg', spx: 'ogg', ogv: 'ogg', ogm: 'ogg' },
	...{ m4a: 'm4a', m4b: 'm4a', f4a: 'm4a', mp4: 'm4a', m4v: 'm4a', mov: 'm4a', '3gp': 'm4a', '3g2': 'm4a' }
};

const LONGEST_SECONDS = 7 * 24 * 3600;

type Headers = { format?: Format; codec: string; seconds?: number; hertz?: number; isVideo?: boolean };

/** Says what a file is by its bytes alone; one that is not a recording is refused with 415. */
export async function recognise(path: string): Promise<Audio> {
	const input = { path, formats: FORMATS, mimeTypes: MIME_TYPES };
	const { format, codec, seconds, hertz, isVideo } = await inChild(headers, input, {
		seconds: 10,
		heapMb: 96
	}).catch((error) => {
		if (error instanceof TaskError) return unreadable();
		throw error;
	});
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

/**
 * Reads what the file says of itself. In a process of its own: a few megabytes of hostile tags keep these parsers
 * busy for seconds and fill gigabytes. Of an honest file they read some hundred small pieces, never the sound.
 */
async function headers(
	{
		path,
		formats,
		mimeTypes
	}: { path: string; formats: Record<string, Format>; mimeTypes: Record<Format, string> },
	require: NodeJS.Require
): Promise<Headers> {
	const { fileTypeFromFile } = require('file-type') as typeof import('file-type');
	const kind = await fileTypeFromFile(path, { maxBufferSize: 1 << 20 }).catch(() => undefined);
	const format = formats[kind?.ext ?? ''];
	if (!format || format === 'mp3' || format === 'aac') return { format, codec: (format ?? '').toUpperCase() };

	const { parseFromTokenizer } = require('music-metadata') as typeof import('music-metadata');
	// the one that music-metadata uses, which is no dependency of ours
	const { createRequire } = require('node:module') as typeof import('node:module');
	const { fromFile } = createRequire(require.resolve('music-metadata'))('strtok3') as {
		fromFile(path: string, options: object): Promise<Parameters<typeof parseFromTokenizer>[0]>;
	};

	const tokenizer = await fromFile(path, {
		maxBufferSize: 8 << 20,
		fileInfo: { mimeType: mimeTypes[format] }
	});
	let allowance = 64 << 20;
	for (const name of ['readBuffer', 'peekBuffer'] as const) {
		const read = tokenizer[name].bind(tokenizer);
		tokenizer[name] = (into, options) => {
			allowance -= into.length + 512;
			if (allowance < 0) throw new Error('more headers than a recording has');
			return read(into, options);
		};
	}
	const { format: said } = await parseFromTokenizer(tokenizer, { skipCovers: true });
	const codec = said.trackInfo.find(({ type }) => type === 2)?.codecName ?? said.codec ?? '';
	return {
		format,
		// the extensible header: how editors write plain samples of more than 16 bits or two channels
		codec: codec === 'non-PCM (65534)' ? 'PCM' : codec,
		seconds: said.duration,
		hertz: said.sampleRate,
		isVideo: said.hasVideo
	};
}
