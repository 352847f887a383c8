import type { Domain } from '../kernel/domain.ts';

/** The wedding itself: names, day, place, words of welcome. */
export const weddings = {
	name: 'weddings',
	uses: ['audit']
} satisfies Domain;
