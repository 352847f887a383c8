import type { ServerDomain } from '../kernel/domain.ts';
import { login, loginSample, sweeping } from './jobs.server.ts';
import * as requests from './requests.server.ts';
import { tables } from './tables.server.ts';

declare module '../kernel/jobs/jobs.server.ts' {
	interface Queues {
		'auth.sweep': object;
	}
}

declare module '../outbox/message.ts' {
	interface Messages {
		login: object;
	}
}

export const authOnServer = {
	tables,
	queues: [sweeping],
	stop: requests.settle,
	// someone waits for it
	letters: { login: { compose: login, sample: loginSample, isUrgent: true, isAskedFor: true } }
} satisfies ServerDomain;
