import type { Domain } from '../kernel/domain.ts';

/** The guest list as a spreadsheet: into the site, and out of it. */
export const sheets = {
	name: 'sheets',
	uses: ['audit', 'people', 'rsvp', 'weddings']
} satisfies Domain;
