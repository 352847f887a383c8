import type { Domain } from '../kernel/domain.ts';

/** What there is to hear, and its stars. */
export const recordings = {
	name: 'recordings',
	uses: ['audit', 'auth', 'people', 'weddings']
} satisfies Domain;
