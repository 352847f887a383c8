import { m } from '../i18n/compiled/messages.js';
import type { Domain } from '../kernel/domain.ts';

declare module '../kernel/viewer.ts' {
	interface Rights {
		'pictures:see': true;
		'pictures:edit': true;
	}
}

/** What the couple shows on its pages. */
export const pictures = {
	name: 'pictures',
	uses: ['audit', 'recordings', 'weddings'],
	rights: {
		'pictures:see': ['guest', 'helper', 'planner', 'couple'],
		'pictures:edit': ['planner', 'couple']
	},
	navigation: {
		couple: [
			{
				...{ href: '/couple/settings/picture', label: m.nav_picture, group: m.nav_settings },
				...{ right: 'pictures:edit', place: 8.3 }
			}
		]
	}
} satisfies Domain;
