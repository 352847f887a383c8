import type { ServerDomain } from '../kernel/domain.ts';
import type { Queue } from '../kernel/jobs/jobs.server.ts';
import * as removals from './removals.server.ts';
import { tables } from './tables.server.ts';

declare module '../kernel/jobs/jobs.server.ts' {
	interface Queues {
		'removals.tidy': object;
	}
}

const tidying: Queue<'removals.tidy'> = {
	name: 'removals.tidy',
	cron: '*/10 * * * *',
	runsAtStart: true,
	work: removals.tidy
};

export const removalsOnServer = { tables, queues: [tidying] } satisfies ServerDomain;
