import type { ServerDomain } from '../kernel/domain.ts';
import * as following from './following.server.ts';
import * as found from './found.server.ts';
import { settling } from './jobs.server.ts';
import * as lines from './lines.server.ts';
import { answers, answersSample } from './letters.server.ts';
import * as offers from './offers.server.ts';
import * as overview from './overview.server.ts';
import { place, placeSample } from './place-letter.server.ts';
import { tables as questionTables } from './question-tables.server.ts';
import type { ReplyState } from './reply.ts';
import * as returned from './returned.server.ts';
import * as steps from './steps.server.ts';
import { tables } from './tables.server.ts';

declare module '../outbox/message.ts' {
	interface Messages {
		answers: object;
		place: object;
	}
}

declare module '../kernel/facts.server.ts' {
	interface News {
		/** who said something else than before; their household is held */
		'replies.changed': { changes: { eventId: string; guestId: string; state: ReplyState }[] };
	}
}

declare module '../kernel/jobs/jobs.server.ts' {
	interface Queues {
		'rsvp.settle': object;
	}
}

export const rsvpOnServer = {
	finds: found.find,
	tables: { ...tables, ...questionTables },
	queues: [settling],
	letters: {
		answers: { compose: answers, sample: answersSample, isUrgent: true },
		place: { compose: place, sample: placeSample }
	},
	hears: {
		'guests.left': (viewer, _, tx) => offers.settleAll(viewer.weddingId, tx),
		'guests.returned': returned.welcome,
		'households.grew': following.follow,
		'tag.merged': following.merge
	},
	overview: overview.look,
	steps: steps.list,
	topics: { answers: { right: 'answers:read', version: lines.version } }
} satisfies ServerDomain;
