import * as giftList from '#lib/gifts/gift-list.server.ts';
import { GiftChosen, GiftMove, GiftSwitch } from '#lib/gifts/gift.schema.ts';
import * as gifts from '#lib/gifts/gifts.server.ts';
import * as takings from '#lib/gifts/takings.server.ts';
import { formAction } from '#lib/kernel/forms/form.server.ts';
import * as tags from '#lib/people/tags.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer }, url: { searchParams } }) => {
	const all = await takings.list(viewer);
	const saved = searchParams.get('saved');
	return {
		gifts: all,
		list: await giftList.get(viewer),
		tags: await tags.list(viewer),
		saved: all.find(({ id }) => id === saved),
		isListSaved: saved === 'list'
	};
};

export const actions = {
	move: formAction('gifts:edit', GiftMove, async ({ id, direction }, { locals: { viewer } }) => {
		await gifts.move(viewer, id, direction);
		return {};
	}),
	switch: formAction('gifts:edit', GiftSwitch, async ({ id, isHidden }, { locals: { viewer } }) => {
		await gifts.setHidden(viewer, id, isHidden === 'yes');
		return {};
	}),
	remove: formAction('gifts:edit', GiftChosen, async ({ id }, { locals: { viewer } }) => {
		const removed = await gifts.get(viewer, id);
		await gifts.remove(viewer, id);
		return { removed };
	}),
	restore: formAction('gifts:edit', GiftChosen, async ({ id }, { locals: { viewer } }) => {
		await gifts.restore(viewer, id);
		return { isBack: true };
	})
} satisfies Actions;
