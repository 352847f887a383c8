import type { Domain } from '../kernel/domain.ts';

/** Who did what. */
export const audit = {
	name: 'audit',
	uses: []
} satisfies Domain;
