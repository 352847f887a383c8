import { redirect } from '@sveltejs/kit';
import { formAction } from '#lib/kernel/forms/form.server.ts';
import { canSeal } from '#lib/kernel/db/sealed.server.ts';
import { permit } from '#lib/kernel/viewer.ts';
import { NewHousehold } from '#lib/people/household.schema.ts';
import * as households from '#lib/people/households.server.ts';
import * as tags from '#lib/people/tags.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, wedding }, url: { searchParams } }) => {
	permit(viewer, 'people:edit');
	const after = searchParams.get('after');
	const saved = after ? (await households.list(viewer)).find(({ id }) => id === after) : undefined;
	return {
		id: crypto.randomUUID() as string,
		usual: wedding.language,
		saved,
		canNote: canSeal(),
		tags: await tags.list(viewer)
	};
};

const thenGoTo = (path: string) =>
	formAction('people:edit', NewHousehold, async (details, { locals: { viewer } }) => {
		redirect(303, path + (await households.add(viewer, details)));
	});

export const actions = {
	add: thenGoTo('/couple/guests?saved='),
	addMore: thenGoTo('/couple/guests/new?after=')
} satisfies Actions;
