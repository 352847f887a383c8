import type { Domain } from '../kernel/domain.ts';

declare module '../kernel/viewer.ts' {
	interface Rights {
		'members:edit': true;
		'members:be': true;
	}
}

/** Who is let into the couple's pages: the two of them, and who helps them. */
export const members = {
	name: 'members',
	uses: ['audit', 'auth', 'mail', 'outbox', 'weddings'],
	rights: { 'members:edit': ['couple'], 'members:be': ['helper', 'planner', 'couple'] }
} satisfies Domain;
