import { m } from '../i18n/compiled/messages.js';
import type { Domain } from '../kernel/domain.ts';

declare module '../kernel/viewer.ts' {
	interface Roles {
		/** a phone at the entrance */
		door: true;
	}
	interface Rights {
		/** the list of whom to expect, and who is in */
		'door:read': true;
		/** who comes and goes */
		'door:note': true;
		/** which phones stand there */
		'door:edit': true;
	}
}

/** The entrance: phones that work without network, and what they noted of who came. */
export const door = {
	name: 'door',
	uses: ['audit', 'auth', 'live', 'rsvp', 'tables', 'weddings'],
	rights: {
		'door:read': ['door', 'helper', 'planner', 'couple'],
		'door:note': ['door', 'helper', 'planner', 'couple'],
		'door:edit': ['planner', 'couple']
	},
	navigation: {
		couple: [{ href: '/couple/door', label: m.nav_door, group: m.nav_day, right: 'door:read', place: 2.8 }]
	}
} satisfies Domain;
