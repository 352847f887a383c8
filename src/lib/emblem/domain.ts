import type { Domain } from '../kernel/domain.ts';

/** What a wedding is known by outside of its pages: its icons on a phone, the picture beside a link to it. */
export const emblem = {
	name: 'emblem',
	uses: ['cards', 'pictures', 'weddings']
} satisfies Domain;
