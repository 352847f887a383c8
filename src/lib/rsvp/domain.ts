import { m } from '../i18n/compiled/messages.js';
import type { Domain } from '../kernel/domain.ts';

declare module '../kernel/viewer.ts' {
	interface Rights {
		/** one's own: a guest's are those that somebody of the household is asked to */
		'events:read': true;
		'events:list': true;
		'events:edit': true;
		'rsvp:answer': true;
		/** with what guests eat */
		'answers:read': true;
		/** for a household */
		'answers:edit': true;
	}
}

/** The events of the day, who is asked to which, and what they answer. */
export const rsvp = {
	name: 'rsvp',
	uses: ['audit', 'live', 'mail', 'outbox', 'people', 'removals', 'weddings'],
	rights: {
		'events:read': ['guest', 'helper', 'planner', 'couple'],
		'events:list': ['helper', 'planner', 'couple'],
		'events:edit': ['planner', 'couple'],
		'rsvp:answer': ['guest'],
		'answers:read': ['planner', 'couple'],
		'answers:edit': ['planner', 'couple']
	},
	navigation: {
		guest: [{ href: '/rsvp', label: m.nav_rsvp, right: 'rsvp:answer', place: 2 }],
		couple: [
			{ href: '/couple/events', label: m.nav_events, group: m.nav_day, right: 'events:list', place: 2 },
			{ href: '/couple/answers', label: m.nav_answers, group: m.nav_day, right: 'answers:read', place: 2.3 }
		]
	},
	actions: [
		{ href: '/couple/events/new', label: m.events_add, right: 'events:edit' },
		{ href: '/couple/events/questions/new', label: m.questions_add, right: 'events:edit' }
	]
} satisfies Domain;
