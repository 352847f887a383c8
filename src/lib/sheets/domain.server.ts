import type { ServerDomain } from '../kernel/domain.ts';
import { sweeping } from './jobs.server.ts';
import { tables } from './tables.server.ts';

declare module '../kernel/jobs/jobs.server.ts' {
	interface Queues {
		'sheets.sweep': object;
	}
}

export const sheetsOnServer = { tables, queues: [sweeping] } satisfies ServerDomain;
