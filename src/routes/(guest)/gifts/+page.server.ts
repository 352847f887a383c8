import { redirect } from '@sveltejs/kit';
import * as giftList from '#lib/gifts/gift-list.server.ts';
import { GiftChosen, GiftTake } from '#lib/gifts/gift.schema.ts';
import * as gifts from '#lib/gifts/shown.server.ts';
import * as takings from '#lib/gifts/takings.server.ts';
import { readIn } from '#lib/i18n/words.ts';
import { formAction } from '#lib/kernel/forms/form.server.ts';
import { may } from '#lib/kernel/viewer.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, language } }) => {
	const { takersShown, intro } = await giftList.get(viewer);
	return {
		gifts: await gifts.list(viewer, language),
		takersShown,
		intro: readIn(intro, language),
		mayTake: may(viewer, 'gifts:take') && !!viewer.householdId
	};
};

export const actions = {
	take: formAction('gifts:take', GiftTake, async (taking, { locals }) => {
		await takings.take(locals.viewer, taking);
		redirect(303, `/gifts#gift-${taking.id}`);
	}),
	giveBack: formAction('gifts:take', GiftChosen, async ({ id }, { locals }) => {
		await takings.giveBack(locals.viewer, id);
		redirect(303, `/gifts#gift-${id}`);
	})
} satisfies Actions;
