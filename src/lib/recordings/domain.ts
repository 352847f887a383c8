import { m } from '../i18n/compiled/messages.js';
import type { Domain } from '../kernel/domain.ts';

declare module '../kernel/viewer.ts' {
	interface Rights {
		'recordings:listen': true;
		'recordings:score': true;
		'recordings:remember': true;
		'recordings:edit': true;
		'recordings:settings': true;
		'recordings:comment': true;
	}
}

/** What there is to hear, and its stars. */
export const recordings = {
	name: 'recordings',
	uses: ['audit', 'auth', 'people', 'removals', 'weddings'],
	rights: {
		'recordings:listen': ['guest', 'helper', 'planner', 'couple'],
		'recordings:score': ['guest'],
		'recordings:remember': ['guest'],
		'recordings:edit': ['helper', 'planner', 'couple'],
		'recordings:settings': ['planner', 'couple'],
		'recordings:comment': ['guest']
	},
	navigation: {
		guest: [{ href: '/recordings', label: m.nav_recordings, right: 'recordings:listen', place: 3 }],
		couple: [
			{
				...{ href: '/couple/recordings', label: m.nav_recordings, group: m.nav_sound },
				...{ right: 'recordings:edit', place: 4 }
			}
		]
	},
	actions: [
		{ href: '/couple/recordings#add', label: m.upload_title, right: 'recordings:edit' },
		{ href: '/couple/recordings/results', label: m.results_link, right: 'recordings:edit' }
	]
} satisfies Domain;
