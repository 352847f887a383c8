import { m } from '../i18n/compiled/messages.js';
import type { Domain } from '../kernel/domain.ts';

declare module '../kernel/viewer.ts' {
	interface Rights {
		/** with the code of every household on them */
		'cards:print': true;
		'cards:edit': true;
		/** one's own household's */
		'cards:have': true;
	}
}

/** Cards to print, which let a household in. */
export const cards = {
	name: 'cards',
	uses: ['audit', 'looks', 'people', 'rsvp', 'tables', 'weddings'],
	rights: {
		'cards:print': ['planner', 'couple'],
		'cards:edit': ['planner', 'couple'],
		'cards:have': ['guest']
	},
	navigation: {
		couple: [
			{ href: '/couple/cards', label: m.nav_cards, group: m.nav_guests, right: 'cards:print', place: 1.6 }
		]
	}
} satisfies Domain;
