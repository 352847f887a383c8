import { m } from '../i18n/compiled/messages.js';
import type { ServerDomain } from '../kernel/domain.ts';
import { sending } from './jobs.server.ts';
import { reminder, reminderSample } from './letters.server.ts';
import * as overview from './overview.server.ts';
import { tables } from './tables.server.ts';

declare module '../outbox/message.ts' {
	interface Messages {
		reminder: object;
	}
}

declare module '../kernel/jobs/jobs.server.ts' {
	interface Queues {
		'reminders.send': object;
	}
}

export const remindersOnServer = {
	tables,
	queues: [sending],
	letters: {
		reminder: { compose: reminder, sample: reminderSample, category: 'reminders', run: m.nav_reminders }
	},
	overview: overview.look
} satisfies ServerDomain;
