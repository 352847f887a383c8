import { m } from '../i18n/compiled/messages.js';
import type { Domain } from '../kernel/domain.ts';

declare module '../kernel/viewer.ts' {
	interface Roles {
		/** a tablet at the entrance of one event, on which guests look for their seats */
		entrance: true;
	}
	interface Rights {
		'tables:read': true;
		'tables:edit': true;
		/** where everybody sits, for whoever leads guests to their tables */
		'tables:seated': true;
		/** where one's own household sits */
		'tables:own': true;
		/** where one who is called so sits */
		'tables:find': true;
	}
}

/** Rooms, their tables, and who sits where. */
export const tables = {
	name: 'tables',
	uses: ['audit', 'live', 'people', 'rsvp', 'weddings'],
	rights: {
		'tables:read': ['helper', 'planner', 'couple'],
		'tables:edit': ['planner', 'couple'],
		'tables:seated': ['door', 'helper', 'planner', 'couple'],
		'tables:own': ['guest'],
		'tables:find': ['entrance']
	},
	navigation: {
		couple: [
			{ href: '/couple/tables', label: m.nav_tables, group: m.nav_day, right: 'tables:read', place: 2.6 }
		]
	}
} satisfies Domain;
