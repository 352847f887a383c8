import { redirect } from '@sveltejs/kit';
import { GiftDetails, GiftKind } from '#lib/gifts/gift.schema.ts';
import * as gifts from '#lib/gifts/gifts.server.ts';
import { formAction } from '#lib/kernel/forms/form.server.ts';
import { permit } from '#lib/kernel/viewer.ts';
import * as languages from '#lib/people/languages.server.ts';
import * as tags from '#lib/people/tags.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer }, url: { searchParams } }) => {
	permit(viewer, 'gifts:edit');
	return {
		kind: GiftKind.parse(searchParams.get('kind')),
		spoken: await languages.list(viewer),
		tags: await tags.list(viewer)
	};
};

export const actions = {
	add: formAction('gifts:edit', GiftDetails, async (gift, { locals: { viewer } }) => {
		redirect(303, `/couple/gifts?saved=${await gifts.add(viewer, gift)}`);
	})
} satisfies Actions;
