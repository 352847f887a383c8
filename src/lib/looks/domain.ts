import type { Domain } from '../kernel/domain.ts';

declare module '../kernel/viewer.ts' {
	interface Rights {
		'looks:edit': true;
	}
}

/** The stationery: its theme and its colour, on pages, in mails and on cards. */
export const looks = {
	name: 'looks',
	uses: ['audit', 'weddings'],
	rights: {
		'looks:edit': ['planner', 'couple']
	}
} satisfies Domain;
