import type { Domain } from '../kernel/domain.ts';

declare module '../kernel/viewer.ts' {
	interface Rights {
		'trail:read': true;
	}
}

/** Who did what. */
export const audit = {
	name: 'audit',
	uses: [],
	rights: { 'trail:read': ['planner', 'couple'] }
} satisfies Domain;
