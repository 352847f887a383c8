import type { Domain } from '../kernel/domain.ts';

declare module '../kernel/viewer.ts' {
	interface Rights {
		'keepsake:take': true;
	}
}

/** Everything there is to hear as one file, to keep. */
export const keepsake = {
	name: 'keepsake',
	uses: ['guestbook', 'recordings', 'weddings'],
	rights: { 'keepsake:take': ['guest', 'helper', 'planner', 'couple'] }
} satisfies Domain;
