import { readChoice } from '#lib/cards/card.ts';
import { CardLine } from '#lib/cards/card.schema.ts';
import * as printed from '#lib/cards/printed.server.ts';
import * as texts from '#lib/cards/texts.server.ts';
import { formAction } from '#lib/kernel/forms/form.server.ts';
import { CardChosen, CardsChosen, CardsGiven } from '#lib/people/given-cards.schema.ts';
import * as given from '#lib/people/given-cards.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals: { viewer }, url: { searchParams } }) =>
	printed.look(viewer, readChoice(searchParams));

export const actions = {
	give: formAction('people:edit', CardsChosen, ({ ids }, { locals }) => given.give(locals.viewer, ids)),
	take: formAction('people:edit', CardChosen, ({ id }, { locals }) => given.take(locals.viewer, id)),
	undo: formAction('people:edit', CardsGiven, ({ at }, { locals }) => given.undo(locals.viewer, at)),
	word: formAction('cards:edit', CardLine, async (line, { locals }) => {
		await texts.set(locals.viewer, line);
		return { isWorded: true };
	})
} satisfies Actions;
