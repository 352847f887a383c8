import type { Domain } from '../kernel/domain.ts';

declare module '../kernel/viewer.ts' {
	interface Rights {
		'live:listen': true;
	}
}

/** Pages that settle by themselves when something changes. */
export const live = {
	name: 'live',
	uses: ['auth'],
	rights: { 'live:listen': ['guest', 'helper', 'planner', 'couple'] }
} satisfies Domain;
