import { permit, type Viewer } from '../kernel/viewer.ts';
import * as households from '../people/households.server.ts';
import * as languages from '../people/languages.server.ts';
import * as tags from '../people/tags.server.ts';
import * as events from '../rsvp/events.server.ts';
import type { Choice, Paper } from './card.ts';
import * as cards from './cards.server.ts';
import { canSet } from './faces.server.ts';
import * as texts from './texts.server.ts';

/** What the page of the cards shows: those of a choice, and what there is to choose from. */
export async function look(viewer: Viewer, choice: Choice) {
	permit(viewer, 'cards:print');
	const all = await households.list(viewer);
	const chosen = await cards.list(viewer, choice);
	return {
		choice,
		total: all.length,
		chosen: chosen.map(({ id, name, guests, tags, cardGivenAt }) => ({
			...{ id, name, tags, cardGivenAt },
			guests: guests.map((guest) => guest.name)
		})),
		one: all.find(({ id }) => id === choice.household)?.name,
		unset: chosen.map(({ name }) => name).filter((name) => !canSet(name)),
		sample: (await cards.write(viewer, chosen.slice(0, 1)))[0],
		tags: (await tags.list(viewer)).map(({ id, name }) => ({ id, name })),
		events: (await events.list(viewer)).map(({ id, name }) => ({ id, name })),
		line: await texts.get(viewer),
		spoken: await languages.list(viewer)
	};
}

/** The same cards as a PDF, which begins to come before the last of them is drawn. */
export async function print(viewer: Viewer, choice: Choice, paper: Paper) {
	permit(viewer, 'cards:print');
	const written = await cards.write(viewer, await cards.list(viewer, choice));
	const sheet = await import('./sheet.server.ts');
	return sheet.print(written, paper);
}
