import type { Domain } from '../kernel/domain.ts';

/** How a mail looks, and how it leaves the house. */
export const mail = {
	name: 'mail',
	uses: ['looks']
} satisfies Domain;
