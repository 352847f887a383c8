import { m } from '../i18n/compiled/messages.js';
import type { Domain } from '../kernel/domain.ts';

declare module '../kernel/viewer.ts' {
	interface Viewer {
		householdId?: string;
		/** who of the household signed in, where the login link was to one person */
		guestId?: string;
	}
	interface Rights {
		'people:read': true;
		'people:edit': true;
		'people:remove': true;
		'household:speak': true;
		/** to say who comes along */
		'household:bring': true;
		'mail:send': true;
	}
}

/** Households, their guests and invitations. */
export const people = {
	name: 'people',
	uses: ['audit', 'mail', 'outbox', 'removals', 'weddings'],
	rights: {
		'people:read': ['helper', 'planner', 'couple'],
		'people:edit': ['planner', 'couple'],
		'people:remove': ['couple'],
		'household:speak': ['guest'],
		'household:bring': ['guest', 'planner', 'couple'],
		'mail:send': ['planner', 'couple']
	},
	navigation: {
		guest: [{ href: '/couple', label: m.nav_couple, right: 'people:read', place: 9 }],
		couple: [
			{ href: '/couple/guests', label: m.nav_list, group: m.nav_guests, right: 'people:read', place: 1 },
			{ href: '/couple/groups', label: m.tags_title, group: m.nav_guests, right: 'people:edit', place: 1.3 }
		]
	},
	actions: [{ href: '/couple/guests/new', label: m.guests_add, right: 'people:edit' }]
} satisfies Domain;
