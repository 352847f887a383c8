import type { Domain } from '../kernel/domain.ts';

declare module '../kernel/viewer.ts' {
	interface Rights {
		'feeds:have': true;
	}
}

/** The recordings in a podcast app, by a secret address of one's own. */
export const feeds = {
	name: 'feeds',
	uses: ['recordings', 'weddings'],
	rights: { 'feeds:have': ['guest', 'helper', 'planner', 'couple'] }
} satisfies Domain;
