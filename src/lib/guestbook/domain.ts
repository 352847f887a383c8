import { m } from '../i18n/compiled/messages.js';
import type { Domain } from '../kernel/domain.ts';

declare module '../kernel/viewer.ts' {
	interface Rights {
		'guestbook:listen': true;
		'guestbook:speak': true;
		'guestbook:edit': true;
	}
}

/** What guests say to the couple. */
export const guestbook = {
	name: 'guestbook',
	uses: ['audit', 'auth', 'people', 'recordings', 'removals', 'weddings'],
	rights: {
		'guestbook:listen': ['guest', 'couple'],
		'guestbook:speak': ['guest'],
		// said to the two of them, and not to who helps
		'guestbook:edit': ['couple']
	},
	navigation: {
		guest: [{ href: '/guestbook', label: m.nav_guestbook, right: 'guestbook:listen', place: 4 }],
		couple: [
			{
				...{ href: '/couple/guestbook', label: m.nav_guestbook, group: m.nav_sound },
				...{ right: 'guestbook:edit', place: 4.3 }
			}
		]
	},
	actions: [{ href: '/couple/guestbook/sign', label: m.voices_sign, right: 'guestbook:edit' }]
} satisfies Domain;
