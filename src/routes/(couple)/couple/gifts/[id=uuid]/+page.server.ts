import { redirect } from '@sveltejs/kit';
import { GiftDetails } from '#lib/gifts/gift.schema.ts';
import * as gifts from '#lib/gifts/gifts.server.ts';
import { formAction } from '#lib/kernel/forms/form.server.ts';
import * as languages from '#lib/people/languages.server.ts';
import * as tags from '#lib/people/tags.server.ts';
import * as attached from '#lib/pictures/attached.server.ts';
import { PictureChosen } from '#lib/pictures/picture.schema.ts';
import { LIMIT_BYTES as limitBytes } from '#lib/pictures/stored.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer }, params: { id } }) => ({
	gift: await gifts.get(viewer, id),
	picture: (await attached.list(viewer, 'gift', [id])).get(id)?.[0] ?? null,
	spoken: await languages.list(viewer),
	tags: await tags.list(viewer),
	limitBytes
});

const of = ({ id }: { id?: string }) => ({ place: 'gift' as const, subjectId: id! });

export const actions = {
	save: formAction('gifts:edit', GiftDetails, async (gift, { locals: { viewer }, params }) => {
		await gifts.edit(viewer, params.id!, gift);
		redirect(303, `/couple/gifts?saved=${params.id}`);
	}),
	removePicture: formAction('gifts:edit', PictureChosen, async ({ picture }, { locals, params }) => {
		await attached.remove(locals.viewer, of(params), picture);
		return { removed: picture };
	}),
	restorePicture: formAction('gifts:edit', PictureChosen, async ({ picture }, { locals, params }) => {
		await attached.restore(locals.viewer, of(params), picture);
		return { removed: '' };
	})
} satisfies Actions;
