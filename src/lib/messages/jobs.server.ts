import { HOUR } from '../kernel/clock.ts';
import type { Queue } from '../kernel/jobs/jobs.server.ts';
import { leaveDue, QUEUE } from './sending.server.ts';

/** A job comes at the moment of each; by the clock those are found whose job got lost. */
export const leaving: Queue<'messages.leave'> = {
	name: QUEUE,
	cron: '*/10 * * * *',
	runsAtStart: true,
	options: {
		retryLimit: 20,
		retryDelay: 5,
		retryBackoff: true,
		retryDelayMax: 300,
		deleteAfterSeconds: HOUR
	},
	work: leaveDue
};
