import { m } from '../i18n/compiled/messages.js';
import type { Domain } from '../kernel/domain.ts';

declare module '../kernel/viewer.ts' {
	interface Rights {
		/** as a guest has them */
		'gifts:see': true;
		/** to say that one brings something */
		'gifts:take': true;
		'gifts:edit': true;
	}
}

/** What the couple would like, and who brings it. */
export const gifts = {
	name: 'gifts',
	uses: ['audit', 'people', 'pictures', 'weddings'],
	rights: {
		'gifts:see': ['guest', 'helper', 'planner', 'couple'],
		'gifts:take': ['guest'],
		'gifts:edit': ['planner', 'couple']
	},
	navigation: {
		guest: [{ href: '/gifts', label: m.nav_gifts, right: 'gifts:see', place: 3.5 }],
		couple: [
			{ href: '/couple/gifts', label: m.nav_gifts, group: m.nav_words, right: 'gifts:edit', place: 3.8 }
		]
	}
} satisfies Domain;
