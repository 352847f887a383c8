import type { Domain } from '../kernel/domain.ts';

declare module '../kernel/viewer.ts' {
	interface Rights {
		'calendar:have': true;
	}
}

/** The events in the calendar app that somebody has, once or for as long as they change. */
export const calendar = {
	name: 'calendar',
	uses: ['rsvp', 'weddings'],
	rights: { 'calendar:have': ['guest'] }
} satisfies Domain;
