import { HOUR } from '../kernel/clock.ts';
import { db, rows, transaction } from '../kernel/db/db.server.ts';
import * as files from '../kernel/files/files.server.ts';
import * as jobs from '../kernel/jobs/jobs.server.ts';
import type { Queue } from '../kernel/jobs/jobs.server.ts';
import { log } from '../kernel/log/log.server.ts';
import { fingerprint } from './holdings.server.ts';
import * as processing from './processing.server.ts';

/** Fills in the sums of an original, by which a backup and a restore are checked, and which a ZIP begins with. */
export const fingerprinting: Queue<'recordings.fingerprint'> = {
	name: 'recordings.fingerprint',
	options: { retryLimit: 10, retryBackoff: true, expireInSeconds: 900 },
	async work({ recordingId: id }) {
		const recording = await db.recording.findUnique({ where: { id }, select: { format: true } });
		if (!recording) return;
		await fingerprint({ id, format: recording.format });
	}
};

/** Makes of each original what is played. A job whose process was killed begins anew. */
export const playing: Queue<'recordings.process'> = {
	name: 'recordings.process',
	// more would take the cores from the pages
	atOnce: 2,
	options: {
		...{ retryLimit: 20, retryDelay: 5, retryBackoff: true, retryDelayMax: 300 },
		// those of a process that was killed are tried again after this
		...{ heartbeatSeconds: 15, expireInSeconds: 3 * HOUR }
	},
	work: ({ recordingId }, signal) => processing.work(recordingId, signal)
};

/** Originals that wait without a job. */
export const enqueuing: Queue<'recordings.enqueue'> = {
	name: 'recordings.enqueue',
	cron: '* * * * *',
	runsAtStart: true,
	options: { deleteAfterSeconds: HOUR },
	work: processing.enqueue
};

/** Those whose job was lost, or that came in by an older release or an archive. */
export const counting: Queue<'recordings.recount'> = {
	name: 'recordings.recount',
	cron: '17 4 * * *',
	runsAtStart: true,
	work: () =>
		transaction(async (tx) => {
			const uncounted = 'SELECT id AS "recordingId" FROM recording WHERE crc32 IS NULL';
			const found = await rows<{ recordingId: string }>('recordings-uncounted', uncounted, [], tx);
			await jobs.add('recordings.fingerprint', found, {}, tx);
		})
};

/** Files of what was never finished, or is gone, whichever domain it is of. */
export const sweeping: Queue<'recordings.sweep'> = {
	name: 'recordings.sweep',
	cron: '47 3 * * *',
	runsAtStart: true,
	work: sweep
};

export async function sweep(): Promise<void> {
	// what was removed can be put back for a while
	const text = 'SELECT id FROM stored_file UNION ALL SELECT unnest(file_ids) FROM removal';
	const known = await rows<{ id: string }>('file-ids', text, []);
	const swept = await files.sweep(new Set(known.map(({ id }) => id)));
	if (swept > 0) log.info({ swept }, 'files without a row');
}
