import type { Domain } from '../kernel/domain.ts';

/** Households, their guests and invitations. */
export const people = {
	name: 'people',
	uses: ['audit', 'mail', 'weddings']
} satisfies Domain;
