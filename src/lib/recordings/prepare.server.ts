import { randomUUID } from 'node:crypto';
import { mkdir, open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { settle } from '../kernel/files/disk-file.server.ts';
import * as files from '../kernel/files/files.server.ts';
import { FOLDER_MODE } from '../kernel/files/stored.ts';
import { probe } from '../kernel/media/probe.server.ts';
import { MediaFault } from '../kernel/media/run.server.ts';
import * as media from '../kernel/media/sound.server.ts';
import { Problem } from '../kernel/problem.ts';

/** How much of the work it is to measure a recording; the rest is to write the copy. */
const MEASURING = 0.35;
/** A file is cut where so many seconds of what it says are not there; headers are a little off all the time. */
const CUT_SECONDS = 0.5;
const CUT_PART = 0.02;

/** The code of the sentence for the couple; undefined for what may be better soon. */
export function reason(error: unknown): string | undefined {
	if (error instanceof MediaFault) return error.kind === 'limit' ? 'audio_too_much' : 'audio_broken';
	if (!(error instanceof Problem)) return undefined;
	if (error.status === 404) return 'audio_lost';
	return error.code === 'media_missing' ? error.code : undefined;
}

type Making = { id: string; aboutSeconds: number; signal?: AbortSignal };

/** Writes the copy and the cover beside the original `id`; tells now and then which part is done. Throws MediaFault. */
export async function make(
	path: string,
	{ id, aboutSeconds, signal }: Making,
	tell: (progress: number) => void = () => {}
) {
	const folder = join(await files.incomingDir(), randomUUID());
	await mkdir(folder, { mode: FOLDER_MODE });
	try {
		const said = await probe(path, signal);
		const { seconds, peaks, loudness } = await media.measure(path, {
			// a length that nobody knows comes nearer and is never reached
			tell: (at) => tell(MEASURING * (aboutSeconds ? Math.min(1, at / aboutSeconds) : at / (at + 60))),
			signal
		});
		const playback = join(folder, 'playback');
		const sound = { loudness, channels: said.channels };
		await media.encode(path, playback, sound, {
			tell: (at) => tell(MEASURING + (1 - MEASURING) * Math.min(1, at / seconds)),
			signal
		});
		const { size } = await stat(playback);
		await files.keepCopy(await settle(playback), id, 'playback.m4a');
		const hasCover =
			said.cover !== undefined && (await keepCover(path, { id, folder, stream: said.cover, signal }));
		const missing = (said.saidSeconds ?? 0) - seconds;
		return {
			...{ durationSeconds: seconds, peaks: new Uint8Array(peaks), playbackBytes: size, hasCover },
			...{
				isFilm: Boolean(said.film),
				isCut: missing > Math.max(CUT_SECONDS, CUT_PART * seconds) || (await isShort(path))
			}
		};
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

/** Of a WAV ffprobe says how much is there, and not how much there was to be. A recorder that lost power wrote 0. */
async function isShort(path: string): Promise<boolean> {
	await using file = await open(path);
	const { buffer } = await file.read(Buffer.alloc(8), 0, 8, 0);
	const { size } = await file.stat();
	const saidBytes = buffer.readUInt32LE(4) + 8;
	const isStreamed = saidBytes > 0xffff_0000;
	return buffer.toString('latin1', 0, 4) === 'RIFF' && !isStreamed && saidBytes > size * (1 + CUT_PART);
}

type Cover = { id: string; folder: string; stream: number; signal?: AbortSignal };

/** A cover that cannot be read is none: the sound is what counts. */
async function keepCover(path: string, { id, folder, stream, signal }: Cover): Promise<boolean> {
	const picture = join(folder, 'cover');
	try {
		await media.cover(path, picture, stream, signal);
		if ((await stat(picture)).size === 0) return false;
	} catch (error) {
		if (error instanceof MediaFault || (error as NodeJS.ErrnoException).code === 'ENOENT') return false;
		throw error;
	}
	await files.keepCopy(await settle(picture), id, 'cover.jpg');
	return true;
}
