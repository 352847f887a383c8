import { m } from '../i18n/compiled/messages.js';
import type { Domain } from '../kernel/domain.ts';

/** What the couple writes to many of their guests at once, the invitation among it. */
export const messages = {
	name: 'messages',
	uses: ['audit', 'looks', 'mail', 'outbox', 'people', 'rsvp', 'weddings'],
	navigation: {
		couple: [
			{ href: '/couple/messages', label: m.nav_messages, group: m.nav_words, right: 'mail:send', place: 3 }
		]
	},
	actions: [{ href: '/couple/messages/new', label: m.mailing_write, right: 'mail:send' }]
} satisfies Domain;
