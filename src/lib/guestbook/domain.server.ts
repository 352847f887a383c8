import type { ServerDomain } from '../kernel/domain.ts';
import * as found from './found.server.ts';
import { enqueuing, playing } from './jobs.server.ts';
import * as overview from './overview.server.ts';
import { tables } from './tables.server.ts';

declare module '../kernel/jobs/jobs.server.ts' {
	interface Queues {
		'guestbook.process': { voiceId: string };
		'guestbook.enqueue': object;
	}
}

export const guestbookOnServer = {
	tables,
	finds: found.find,
	queues: [playing, enqueuing],
	overview: overview.look
} satisfies ServerDomain;
