import { m } from '../i18n/compiled/messages.js';
import type { Domain } from '../kernel/domain.ts';

declare module '../kernel/viewer.ts' {
	interface Rights {
		/** as a guest has it */
		'pages:read': true;
		'pages:edit': true;
	}
}

/** What the couple adds to the front page: where to stay, how to get there, whom to ask. */
export const pages = {
	name: 'pages',
	uses: ['people', 'pictures', 'weddings'],
	rights: {
		'pages:read': ['guest', 'helper', 'planner', 'couple'],
		'pages:edit': ['planner', 'couple']
	},
	navigation: {
		couple: [{ href: '/couple/page', label: m.nav_page, group: m.nav_words, right: 'pages:edit', place: 3.6 }]
	},
	actions: [{ href: '/couple/page/new', label: m.page_add, right: 'pages:edit' }]
} satisfies Domain;
