import type { Domain } from '../kernel/domain.ts';

/** What leaves by mail, and how. */
export const mail = {
	name: 'mail',
	uses: ['weddings']
} satisfies Domain;
