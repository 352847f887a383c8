import { createRequire } from 'node:module';
import { fileTypeFromFile } from 'file-type';
import { parseFromTokenizer } from 'music-metadata';
import { type Format, MIME_TYPES } from './audio.ts';

// the one that music-metadata uses, which is no dependency of ours
const { fromFile } = createRequire(createRequire(import.meta.url).resolve('music-metadata'))('strtok3') as {
	fromFile(path: string, options: object): Promise<Parameters<typeof parseFromTokenizer>[0]>;
};

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

type Headers = { format?: Format; codec: string; seconds?: number; hertz?: number; isVideo?: boolean };

/**
 * Reads what the file says of itself. For a process of its own: a few megabytes of hostile tags keep these parsers
 * busy for seconds and fill gigabytes. Of an honest file they read some hundred small pieces, never the sound.
 */
export default async function headers(path: string): Promise<Headers> {
	const kind = await fileTypeFromFile(path, { maxBufferSize: 1 << 20 }).catch(() => undefined);
	const format = FORMATS[kind?.ext ?? ''];
	if (!format || format === 'mp3' || format === 'aac') return { format, codec: (format ?? '').toUpperCase() };

	const tokenizer = await fromFile(path, {
		maxBufferSize: 8 << 20,
		fileInfo: { mimeType: MIME_TYPES[format] }
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
