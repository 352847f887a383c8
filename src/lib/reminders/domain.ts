import { m } from '../i18n/compiled/messages.js';
import type { Domain } from '../kernel/domain.ts';

declare module '../kernel/viewer.ts' {
	interface Rights {
		'reminders:edit': true;
	}
}

/** Reminds those who have not answered, while they still can. */
export const reminders = {
	name: 'reminders',
	uses: ['audit', 'mail', 'outbox', 'people', 'rsvp', 'weddings'],
	rights: { 'reminders:edit': ['planner', 'couple'] },
	navigation: {
		couple: [
			{
				...{ href: '/couple/reminders', label: m.nav_reminders, group: m.nav_words },
				...{ right: 'reminders:edit', place: 3.3 }
			}
		]
	}
} satisfies Domain;
