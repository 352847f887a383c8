import { formAction } from '#lib/kernel/forms/form.server.ts';
import { TagChosen, TagMerge, TagName, TagRemoved } from '#lib/people/tag.schema.ts';
import * as tags from '#lib/people/tags.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer } }) => ({ tags: await tags.list(viewer) });

export const actions = {
	rename: formAction('people:edit', TagName, async ({ tagId, name }, { locals }) => {
		await tags.rename(locals.viewer, tagId, name);
		return {};
	}),
	merge: formAction('people:edit', TagMerge, async ({ tagId, into }, { locals }) => {
		await tags.merge(locals.viewer, tagId, into);
		return {};
	}),
	remove: formAction('people:edit', TagChosen, async ({ tagId }, { locals }) => ({
		removed: await tags.remove(locals.viewer, tagId)
	})),
	restore: formAction('people:edit', TagRemoved, async ({ entryId }, { locals }) => {
		await tags.restore(locals.viewer, entryId);
		return {};
	})
} satisfies Actions;
