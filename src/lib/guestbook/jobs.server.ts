import { HOUR } from '../kernel/clock.ts';
import type { Queue } from '../kernel/jobs/jobs.server.ts';
import * as processing from './processing.server.ts';

/** Makes of each message what is played. */
export const playing: Queue<'guestbook.process'> = {
	name: 'guestbook.process',
	options: {
		...{ retryLimit: 20, retryDelay: 5, retryBackoff: true, retryDelayMax: 300 },
		...{ heartbeatSeconds: 15, expireInSeconds: HOUR }
	},
	work: ({ voiceId }, signal) => processing.work(voiceId, signal)
};

/** Messages that wait without a job: imported or restored ones. */
export const enqueuing: Queue<'guestbook.enqueue'> = {
	name: 'guestbook.enqueue',
	cron: '* * * * *',
	runsAtStart: true,
	options: { deleteAfterSeconds: HOUR },
	work: processing.enqueue
};
