import { m } from '../i18n/compiled/messages.js';
import { getLocale } from '../i18n/compiled/runtime.js';
import { readIn, type Words } from '../i18n/words.ts';
import type { Found } from '../kernel/domain.ts';
import { finder } from '../kernel/text/find.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import * as events from './events.server.ts';
import * as questions from './questions.server.ts';

/** Events and questions, by their words in any language. */
export async function find(viewer: Viewer, words: string): Promise<Found[]> {
	permit(viewer, 'events:list');
	const isFound = finder(words);
	const isWritten = (...texts: Words[]) => isFound(...texts.flatMap((text) => Object.values(text)));
	const name = (text: Words) => readIn(text, getLocale());
	const [days, asked] = await Promise.all([events.list(viewer), questions.list(viewer)]);
	return [
		{
			title: m.nav_events(),
			hits: days
				.filter(({ name, place }) => isWritten(name, { place }))
				.map((event) => ({ href: `/couple/events/${event.id}`, title: name(event.name), text: event.place }))
		},
		{
			title: m.questions_title(),
			hits: asked
				.filter(({ text }) => isWritten(text))
				.map(({ id, text }) => ({ href: `/couple/events/questions/${id}`, title: name(text) }))
		}
	];
}
