import type { ServerDomain } from '../kernel/domain.ts';
import { reviving, sending } from './jobs.server.ts';
import type { Composed } from './letters.server.ts';
import { suppressionTables } from './suppression-tables.server.ts';
import { tables } from './tables.server.ts';

declare module '../kernel/jobs/jobs.server.ts' {
	interface Queues {
		'outbox.send': { deliveryId: string };
		'outbox.revive': object;
	}
}

declare module '../kernel/domain.ts' {
	interface ServerDomain {
		letters?: Composed;
	}
}

export const outboxOnServer = {
	tables: { ...tables, ...suppressionTables },
	queues: [sending, reviving]
} satisfies ServerDomain;
