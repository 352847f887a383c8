import { m } from '../i18n/compiled/messages.js';
import type { Domain } from '../kernel/domain.ts';

declare module '../kernel/viewer.ts' {
	interface Roles {
		guest: true;
		helper: true;
		planner: true;
		couple: true;
	}
	interface Viewer {
		weddingId: string;
	}
	interface Rights {
		'wedding:read': true;
		'wedding:edit': true;
	}
}

/** The wedding itself: names, day, place, words of welcome. */
export const weddings = {
	name: 'weddings',
	uses: ['audit'],
	rights: {
		'wedding:read': ['guest', 'helper', 'planner', 'couple'],
		'wedding:edit': ['planner', 'couple']
	},
	navigation: {
		guest: [{ href: '/', label: m.nav_wedding, right: 'wedding:read', place: 1 }],
		couple: [
			{ href: '/couple', label: m.nav_overview, right: 'wedding:read', place: 0 },
			{
				href: '/couple/settings',
				label: m.nav_wedding,
				group: m.nav_settings,
				right: 'wedding:edit',
				place: 8
			},
			{ href: '/', label: m.nav_guest_view, right: 'wedding:read', place: 9 }
		]
	}
} satisfies Domain;
