import type { Domain } from '../kernel/domain.ts';

/** Ways in: links, codes, cards, sessions, and who else may. */
export const auth = {
	name: 'auth',
	uses: ['audit', 'mail', 'people', 'weddings']
} satisfies Domain;
