import type { Queue } from '../kernel/jobs/jobs.server.ts';
import { log } from '../kernel/log/log.server.ts';
import * as resumable from './resumable.server.ts';

/** Uploads that nobody went on with: the room that they were promised is free again. */
export const abandoned: Queue<'recordings.abandoned'> = {
	name: 'recordings.abandoned',
	cron: '23 * * * *',
	runsAtStart: true,
	async work() {
		const swept = await resumable.sweep();
		if (swept > 0) log.info({ swept }, 'abandoned uploads');
	}
};
