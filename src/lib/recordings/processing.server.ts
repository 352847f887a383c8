import * as trail from '../audit/trail.server.ts';
import { db, rows, transaction } from '../kernel/db/db.server.ts';
import * as files from '../kernel/files/files.server.ts';
import * as jobs from '../kernel/jobs/jobs.server.ts';
import { log } from '../kernel/log/log.server.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import * as removals from '../removals/removals.server.ts';
import * as prepare from './prepare.server.ts';
import * as recordings from './recordings.server.ts';

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
		const made = await files.withLocal(id, format, (path) =>
			prepare.make(path, { id, aboutSeconds: durationSeconds, signal }, writer(id))
		);
		const { count } = await db.recording.updateMany({
			where: { id },
			data: { ...made, state: 'ready', progress: 1, failure: null }
		});
		if (count > 0 || (await removals.holdsFile(id))) return;
		// unless it was just put back
		if (!(await db.recording.count({ where: { id } }))) await files.remove(id);
	} catch (error) {
		const failure = prepare.reason(error);
		if (!failure) throw error;
		log.warn({ id, failure, error: String(error) }, 'recording not processed');
		const state = found.state === 'ready' ? 'ready' : 'failed';
		await db.recording.updateMany({ where: { id }, data: { state, failure, progress: 0 } });
	}
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
