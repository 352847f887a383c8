import { z } from 'zod';
import { id } from '#lib/kernel/forms/fields.ts';
import { formAction } from '#lib/kernel/forms/form.server.ts';
import { CardChosen, CardsChosen, CardsGiven } from '#lib/people/given-cards.schema.ts';
import * as cards from '#lib/people/given-cards.server.ts';
import { filterByKind, filterByTag, search, summarise } from '#lib/people/household.ts';
import * as households from '#lib/people/households.server.ts';
import * as invitations from '#lib/people/invitations.server.ts';
import * as removed from '#lib/people/removed.server.ts';
import * as tags from '#lib/people/tags.server.ts';
import * as removals from '#lib/removals/removals.server.ts';
import { restoreAction } from '#lib/removals/restore-action.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer }, url: { searchParams } }) => {
	const all = await households.list(viewer);
	const [words, kind, tag, saved] = ['q', 'only', 'tag', 'saved'].map((name) => searchParams.get(name) ?? '');
	const ofAllTags = filterByKind(search(all, words!), kind!);
	const uninvited = filterByKind(all, 'uninvited');
	const found = filterByTag(search(all, words!), tag!);
	return {
		...{ ofAllTags, tags: await tags.list(viewer), tag: tag!, words: words!, kind: kind! },
		...{ households: filterByKind(found, kind!), summary: summarise(all), found: summarise(found) },
		uninvited: uninvited.map(({ name }) => name),
		forecast: await invitations.foresee(viewer, uninvited),
		saved: all.find((household) => household.id === saved)?.name,
		removed: await removals.find(viewer.weddingId, searchParams.get('removed'), 'guests', 'household')
	};
};

export const actions = {
	invite: formAction('mail:send', z.object({ id }), ({ id }, { locals }) =>
		invitations.send(locals.viewer, [id])
	),
	give: formAction('people:edit', CardsChosen, ({ ids }, { locals }) => cards.give(locals.viewer, ids)),
	take: formAction('people:edit', CardChosen, ({ id }, { locals }) => cards.take(locals.viewer, id)),
	undo: formAction('people:edit', CardsGiven, ({ at }, { locals }) => cards.undo(locals.viewer, at)),
	restore: restoreAction('people:remove', removed.restore),
	inviteAll: formAction('mail:send', z.object({}), (_, { locals }) => invitations.sendAll(locals.viewer))
} satisfies Actions;
