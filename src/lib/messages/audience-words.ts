import { m } from '../i18n/compiled/messages.js';
import { isolated } from '../i18n/isolated.ts';
import { enumerate } from '../people/guest.ts';
import { readIn, type Words } from '../i18n/words.ts';
import type { Audience } from './audience.ts';

export const sayAnswer = {
	'': m.audience_said_any,
	yes: m.audience_said_yes,
	no: m.audience_said_no,
	silent: m.audience_said_silent
};

type Known = {
	tags: { id: string; name: string }[];
	events: { id: string; name: Words }[];
	language: string;
};

/** For whom it is, in a few words; an event or a group that is gone is not named. */
export function describe(audience: Audience, { tags, events, language }: Known): string {
	switch (audience.to) {
		case 'everybody':
			return m.audience_is_everybody();
		case 'uninvited':
			return m.audience_uninvited();
		case 'tags': {
			const named = tags.filter(({ id }) => audience.tags.includes(id)).map(({ name }) => isolated(name));
			return enumerate(named, language);
		}
		case 'chosen':
			return m.audience_is_chosen({ count: audience.households.length });
		case 'asked': {
			const event = events.find(({ id }) => id === audience.event);
			const part = event ? isolated(readIn(event.name, language)) : m.audience_event_any();
			return m.audience_is_asked({ part, answer: sayAnswer[audience.said]() });
		}
	}
}
