import type { ServerDomain } from '../kernel/domain.ts';
import { reviving, sending, urgent } from './jobs.server.ts';
import { running } from './running.server.ts';
import type { Composed } from './letters.server.ts';
import { look } from './overview.server.ts';
import * as runs from './runs.server.ts';
import { suppressionTables } from './suppression-tables.server.ts';
import { tables } from './tables.server.ts';

declare module '../kernel/jobs/jobs.server.ts' {
	interface Queues {
		'outbox.send': { deliveryId: string };
		'outbox.urgent': { deliveryId: string };
		'outbox.run': { runId: string };
		'outbox.revive': object;
	}
}

declare module '../kernel/facts.server.ts' {
	interface News {
		/** mails of it have left, or the couple has said how it goes on */
		'run.moved': { id: string };
	}
}

declare module '../kernel/domain.ts' {
	interface ServerDomain {
		letters?: Composed;
	}
}

export const outboxOnServer = {
	tables: { ...tables, ...suppressionTables },
	queues: [sending, urgent, running, reviving],
	overview: look,
	topics: { runs: { right: 'mail:send', version: runs.version } }
} satisfies ServerDomain;
