import type { ServerDomain } from '../kernel/domain.ts';
import { abandoned } from './abandoned.server.ts';
import * as found from './found.server.ts';
import * as groups from './groups.server.ts';
import { counting, enqueuing, fingerprinting, playing, sweeping } from './jobs.server.ts';
import * as overview from './overview.server.ts';
import * as programme from './programme.server.ts';
import { tables } from './tables.server.ts';

declare module '../kernel/jobs/jobs.server.ts' {
	interface Queues {
		'recordings.fingerprint': { recordingId: string };
		'recordings.process': { recordingId: string };
		'recordings.enqueue': object;
		'recordings.recount': object;
		'recordings.sweep': object;
		'recordings.abandoned': object;
	}
}

declare module '../kernel/facts.server.ts' {
	interface Facts {
		/** how many there are to hear */
		'recordings.count': number;
	}
}

export const recordingsOnServer = {
	tables,
	finds: found.find,
	queues: [playing, enqueuing, fingerprinting, counting, sweeping, abandoned],
	facts: { 'recordings.count': programme.count },
	hears: { 'tag.removed': groups.refuse, 'tag.merged': groups.merge },
	overview: overview.look
} satisfies ServerDomain;
