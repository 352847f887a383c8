import { open } from 'node:fs/promises';
import { inTurn } from '../kernel/jobs/child.server.ts';
import { probe } from '../kernel/media/probe.server.ts';
import { MediaFault } from '../kernel/media/run.server.ts';
import { Problem } from '../kernel/problem.ts';
import { type Format, formatOf, isOther, MIME_TYPES, plays } from './audio.ts';

/** What a recording's bytes turned out to be. */
export type Audio = {
	format: Format;
	mimeType: string;
	codec: string;
	/** as the file says, or as its size makes one think; 0 until it has been decoded */
	durationSeconds: number;
	/** whether browsers of today all decode it as it is */
	plays: boolean;
	isFilm: boolean;
	/** of its tags, empty where there is none */
	title: string;
	artist: string;
};

/**
 * Says what a file is by its bytes alone, and decodes nothing: that takes its time. One that is no recording is
 * refused with 415.
 */
export async function recognise(path: string): Promise<Audio> {
	if (isOther(await start(path))) throw new Problem(415, 'not_audio');
	const said = await inTurn(() => probe(path)).catch((error) => {
		if (error instanceof MediaFault) return unreadable();
		throw error;
	});
	const { codec, film, aboutSeconds = 0, title, artist } = said;
	const format = formatOf(said);
	if (!format) return unreadable();
	return {
		...{ format, mimeType: MIME_TYPES[format], codec, durationSeconds: aboutSeconds },
		...{ plays: !film && plays(format, codec), isFilm: Boolean(film), title, artist }
	};
}

async function start(path: string): Promise<string> {
	await using file = await open(path);
	const { buffer, bytesRead } = await file.read(Buffer.alloc(256), 0, 256, 0);
	if (bytesRead === 0) throw new Problem(415, 'not_audio');
	return buffer.toString('latin1', 0, bytesRead);
}

function unreadable(): never {
	throw new Problem(415, 'audio_unreadable');
}
