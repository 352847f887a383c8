import type { ServerDomain } from '../kernel/domain.ts';
import { tidying } from './jobs.server.ts';
import * as steps from './steps.server.ts';
import { tables } from './tables.server.ts';

declare module '../kernel/jobs/jobs.server.ts' {
	interface Queues {
		'pictures.tidy': object;
	}
}

export const picturesOnServer = {
	tables,
	queues: [tidying],
	steps: steps.list
} satisfies ServerDomain;
