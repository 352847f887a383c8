import type { Domain } from '../kernel/domain.ts';

declare module '../kernel/viewer.ts' {
	interface Rights {
		'reminders:edit': true;
	}
}

/** Reminds those who have not answered, while they still can. */
export const reminders = {
	name: 'reminders',
	uses: ['audit', 'mail', 'outbox', 'people', 'rsvp', 'weddings'],
	rights: { 'reminders:edit': ['planner', 'couple'] }
} satisfies Domain;
