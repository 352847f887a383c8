import { db, rows, transaction } from '../kernel/db/db.server.ts';
import * as files from '../kernel/files/files.server.ts';
import * as jobs from '../kernel/jobs/jobs.server.ts';
import { log } from '../kernel/log/log.server.ts';
import * as prepare from '../recordings/prepare.server.ts';
import { bars } from '../recordings/waveform.ts';
import * as removals from '../removals/removals.server.ts';

/** As many as a row shows, and no more: a hundred messages stand on one page. */
const MOST_PEAKS = 240;

/**
 * Makes of a message what is played, as loud as a recording, and finds out how long it is: what a browser recorded does
 * not say. Why it cannot be played is written into its row; what may be better in a minute is thrown.
 */
export async function work(id: string, signal?: AbortSignal): Promise<void> {
	const found = await db.voice.findUnique({ where: { id } });
	if (!found || found.state === 'failed') return;
	if (found.state === 'ready' && found.playbackBytes && found.peaks) return;
	const { format, durationSeconds: aboutSeconds } = found;
	try {
		const { sha256, crc32 } = await files.sums(id, format);
		const made = await files.withLocal(id, format, (path) =>
			prepare.make(path, { id, aboutSeconds, signal })
		);
		const { durationSeconds, playbackBytes } = made;
		const peaks = fewer(made.peaks);
		const sums = { sha256: Buffer.from(sha256, 'hex'), crc32 };
		const data = {
			...{ ...sums, durationSeconds, playbackBytes, peaks },
			...{ state: 'ready' as const, failure: null }
		};
		const { count } = await db.voice.updateMany({ where: { id }, data });
		if (count > 0 || (await removals.holdsFile(id))) return;
		// unless it was just put back
		if (!(await db.voice.count({ where: { id } }))) await files.remove(id);
	} catch (error) {
		const failure = prepare.reason(error);
		if (!failure) throw error;
		log.warn({ id, failure, error: String(error) }, 'voice message not processed');
		await db.voice.updateMany({ where: { id }, data: { state: 'failed', failure } });
	}
}

function fewer(peaks: Uint8Array): Uint8Array<ArrayBuffer> {
	const all = bars(peaks, Math.min(MOST_PEAKS, peaks.length));
	return Uint8Array.from(all, (bar) => Math.round(bar * 255));
}

/** Adds a job for what waits without one: what was imported or restored, or is from before there were waveforms. */
export function enqueue(): Promise<void> {
	return transaction(async (tx) => {
		await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('voices without a job'))`;
		const waiting = await rows<{ voiceId: string }>(
			'voices-without-job',
			`SELECT id AS "voiceId" FROM voice
			WHERE (state IN ('waiting', 'processing') OR state = 'ready' AND peaks IS NULL) AND NOT EXISTS (
				SELECT FROM jobs.job WHERE name = 'guestbook.process' AND state <= 'active'
					AND data ->> 'voiceId' = voice.id::text
			)
			ORDER BY id`,
			[],
			tx
		);
		await jobs.add('guestbook.process', waiting, {}, tx);
	});
}
