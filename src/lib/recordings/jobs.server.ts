import { db, rows } from '../kernel/db/db.server.ts';
import * as files from '../kernel/files/files.server.ts';
import type { Queue } from '../kernel/jobs/jobs.server.ts';
import { log } from '../kernel/log/log.server.ts';

/** Fills in the SHA-256 of an original, by which a backup and a restore are checked. */
export const fingerprinting: Queue<'recordings.fingerprint'> = {
	name: 'recordings.fingerprint',
	options: { retryLimit: 10, retryBackoff: true, expireInSeconds: 900 },
	async work({ recordingId: id }) {
		const recording = await db.recording.findUnique({ where: { id }, select: { format: true } });
		if (!recording) return;
		const sha256 = Buffer.from(await files.sha256(id, recording.format), 'hex');
		await db.recording.updateMany({ where: { id }, data: { sha256 } });
	}
};

/** Files whose recording was never finished, or is gone. */
export const sweeping: Queue<'recordings.sweep'> = {
	name: 'recordings.sweep',
	cron: '47 3 * * *',
	runsAtStart: true,
	work: sweep
};

export async function sweep(): Promise<void> {
	const recordings = await rows<{ id: string }>('recording-ids', 'SELECT id FROM recording', []);
	const swept = await files.sweep(new Set(recordings.map(({ id }) => id)));
	if (swept > 0) log.info({ swept }, 'files without a recording');
}
