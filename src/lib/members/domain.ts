import { m } from '../i18n/compiled/messages.js';
import type { Domain } from '../kernel/domain.ts';

declare module '../kernel/viewer.ts' {
	interface Rights {
		'members:edit': true;
		'members:be': true;
	}
}

/** Who is let into the couple's pages: the two of them, and who helps them. */
export const members = {
	name: 'members',
	uses: ['audit', 'auth', 'mail', 'outbox', 'removals', 'weddings'],
	rights: { 'members:edit': ['couple'], 'members:be': ['helper', 'planner', 'couple'] },
	navigation: {
		couple: [
			{
				...{ href: '/couple/settings/people', label: m.members_title, group: m.nav_settings },
				...{ right: 'members:edit', place: 8.6 }
			}
		]
	},
	actions: [{ href: '/couple/settings/people', label: m.members_ask_title, right: 'members:edit' }]
} satisfies Domain;
