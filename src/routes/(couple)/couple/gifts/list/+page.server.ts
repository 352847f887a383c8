import { redirect } from '@sveltejs/kit';
import * as giftList from '#lib/gifts/gift-list.server.ts';
import { GiftListDetails } from '#lib/gifts/gift.schema.ts';
import { formAction } from '#lib/kernel/forms/form.server.ts';
import { permit } from '#lib/kernel/viewer.ts';
import * as languages from '#lib/people/languages.server.ts';
import * as tags from '#lib/people/tags.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer } }) => {
	permit(viewer, 'gifts:edit');
	return {
		list: await giftList.get(viewer),
		spoken: await languages.list(viewer),
		tags: await tags.list(viewer)
	};
};

export const actions = {
	save: formAction('gifts:edit', GiftListDetails, async (details, { locals: { viewer } }) => {
		await giftList.set(viewer, details);
		redirect(303, '/couple/gifts?saved=list');
	})
} satisfies Actions;
