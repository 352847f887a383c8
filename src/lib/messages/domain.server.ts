import type { ServerDomain } from '../kernel/domain.ts';
import { m } from '../i18n/compiled/messages.js';
import { invitationSample } from '../people/jobs.server.ts';
import * as found from './found.server.ts';
import { leaving } from './jobs.server.ts';
import { invitation, news, newsSample, trial } from './letters.server.ts';
import * as overview from './overview.server.ts';
import * as steps from './steps.server.ts';
import { tables } from './tables.server.ts';

declare module '../outbox/message.ts' {
	interface Messages {
		news: { mailingId: string };
		/** to the couple, of what that household would get */
		trial: { mailingId: string; householdId: string };
	}
}

declare module '../kernel/jobs/jobs.server.ts' {
	interface Queues {
		'messages.leave': object;
	}
}

export const messagesOnServer = {
	tables,
	finds: found.find,
	queues: [leaving],
	letters: {
		invitation: { compose: invitation, sample: invitationSample, run: m.run_invitations },
		news: { compose: news, sample: newsSample, category: 'news' },
		trial: { compose: trial, sample: newsSample, isAskedFor: true, isUrgent: true }
	},
	overview: overview.look,
	steps: steps.list
} satisfies ServerDomain;
