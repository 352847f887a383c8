import { randomUUID } from 'node:crypto';
import { chmod, mkdir, open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as trail from '../audit/trail.server.ts';
import { db, rows, transaction } from '../kernel/db/db.server.ts';
import * as files from '../kernel/files/files.server.ts';
import { FILE_MODE, FOLDER_MODE } from '../kernel/files/stored.ts';
import * as jobs from '../kernel/jobs/jobs.server.ts';
import { log } from '../kernel/log/log.server.ts';
import { probe } from '../kernel/media/probe.server.ts';
import { MediaFault } from '../kernel/media/run.server.ts';
import * as media from '../kernel/media/sound.server.ts';
import { Problem } from '../kernel/problem.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import * as recordings from './recordings.server.ts';

/** How much of the work it is to measure a recording; the rest is to write the copy. */
const MEASURING = 0.35;
/** A file is cut where so many seconds of what it says are not there; headers are a little off all the time. */
const CUT_SECONDS = 0.5;
const CUT_PART = 0.02;
const TELL_MS = 1000;

/**
 * Makes of an original what is played, its peaks and its cover, and finds out how long it really is. Does nothing when
 * that is done, or the recording is gone. Why a file cannot be played is written into its row; what may be better in a
 * minute (no room, a bucket that is away) is thrown, and so is an end by `signal`.
 */
export async function work(id: string, signal?: AbortSignal): Promise<void> {
	const found = await db.recording.findUnique({
		where: { id },
		select: { format: true, state: true, playbackBytes: true, durationSeconds: true }
	});
	if (!found || found.state === 'failed' || (found.state === 'ready' && found.playbackBytes)) return;
	const { format, durationSeconds } = found;
	// one that plays as it is goes on doing so until there is a copy of it
	if (found.state !== 'ready')
		await db.recording.updateMany({ where: { id }, data: { state: 'processing' } });
	try {
		const made = await files.withLocal(id, format, (path) => make(path, { id, durationSeconds, signal }));
		const { count } = await db.recording.updateMany({
			where: { id },
			data: { ...made, state: 'ready', progress: 1, failure: null }
		});
		if (count === 0) await files.remove(id);
	} catch (error) {
		const failure = reason(error);
		if (!failure) throw error;
		log.warn({ id, failure, error: String(error) }, 'recording not processed');
		const state = found.state === 'ready' ? 'ready' : 'failed';
		await db.recording.updateMany({ where: { id }, data: { state, failure, progress: 0 } });
	}
}

/** The code of the sentence for the couple; undefined for what may be better soon. */
function reason(error: unknown): string | undefined {
	if (error instanceof MediaFault) return error.kind === 'limit' ? 'audio_too_much' : 'audio_broken';
	if (!(error instanceof Problem)) return undefined;
	if (error.status === 404) return 'audio_lost';
	return error.code === 'media_missing' ? error.code : undefined;
}

type Making = { id: string; durationSeconds: number; signal?: AbortSignal };

async function make(path: string, { id, durationSeconds: aboutSeconds, signal }: Making) {
	const folder = join(await files.incomingDir(), randomUUID());
	await mkdir(folder, { mode: FOLDER_MODE });
	const write = writer(id);
	try {
		const said = await probe(path, signal);
		const { seconds, peaks, loudness } = await media.measure(path, {
			// a length that nobody knows comes nearer and is never reached
			tell: (at) => write(MEASURING * (aboutSeconds ? Math.min(1, at / aboutSeconds) : at / (at + 60))),
			signal
		});
		const playback = join(folder, 'playback');
		const { channels } = said;
		await media.encode(
			path,
			playback,
			{ loudness, channels },
			{
				tell: (at) => write(MEASURING + (1 - MEASURING) * Math.min(1, at / seconds)),
				signal
			}
		);
		const { size } = await stat(playback);
		await keep(playback, id, 'playback.m4a');
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
	await keep(picture, id, 'cover.jpg');
	return true;
}

/** A row may only name what is on the disk for good. */
async function keep(path: string, id: string, name: files.Copy): Promise<void> {
	await chmod(path, FILE_MODE);
	{
		await using file = await open(path);
		await file.sync();
	}
	await files.keepCopy(path, id, name);
}

/** Writes down how far it is, now and then. */
function writer(id: string): (progress: number) => void {
	let last = performance.now();
	return (progress) => {
		if (performance.now() - last < TELL_MS) return;
		last = performance.now();
		// in time or not at all
		db.recording.updateMany({ where: { id }, data: { progress } }).catch(() => {});
	};
}

/** Once more, where it went wrong. */
export function retry(viewer: Viewer, id: string): Promise<void> {
	permit(viewer, 'recordings:edit');
	return transaction(async (tx) => {
		const { state, failure } = await recordings.get(viewer, id, tx);
		if (!failure) return;
		const again = { failure: null, progress: 0, ...(state === 'failed' && { state: 'waiting' as const }) };
		await tx.recording.update({ where: { id, weddingId: viewer.weddingId }, data: again });
		await trail.record(viewer, 'recording.retried', { id }, tx);
		await jobs.add('recordings.process', [{ recordingId: id }], {}, tx);
	});
}

/** Adds a job for what waits without one: what was imported or restored, or is from before there were copies. */
export function enqueue(): Promise<void> {
	return transaction(async (tx) => {
		// one process at a time, or each would add its own
		await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('recordings without a job'))`;
		const waiting = await rows<{ recordingId: string }>(
			'recordings-without-job',
			`SELECT id AS "recordingId" FROM recording
			WHERE (state IN ('waiting', 'processing') OR state = 'ready' AND playback_bytes IS NULL AND failure IS NULL)
				AND NOT EXISTS (
					SELECT FROM jobs.job WHERE name = 'recordings.process' AND state <= 'active'
						AND data ->> 'recordingId' = recording.id::text
				)
			ORDER BY wedding_id, position, id`,
			[],
			tx
		);
		await jobs.add('recordings.process', waiting, {}, tx);
	});
}
