import { redirect } from '@sveltejs/kit';
import { uploadAction } from '#lib/kernel/forms/upload.server.ts';
import * as gifts from '#lib/gifts/gifts.server.ts';
import { readIn } from '#lib/i18n/words.ts';
import * as languages from '#lib/people/languages.server.ts';
import { LIMIT_BYTES as limitBytes } from '#lib/pictures/stored.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const pageOf = ({ params }: { params: { id: string } }) => `/couple/gifts/${params.id}`;

/** Nothing to see, but after a picture that was refused: its sentence, and the form once more. */
export const load: PageServerLoad = async (event) => {
	const { viewer, language } = event.locals;
	if (event.request.method !== 'POST') redirect(303, pageOf(event));
	const gift = await gifts.get(viewer, event.params.id);
	const name = readIn(gift.title, language);
	return { name, back: pageOf(event), spoken: await languages.list(viewer), limitBytes };
};

export const actions = {
	default: uploadAction(
		({ request, locals: { viewer }, params }: RequestEvent) =>
			gifts.receivePicture(viewer, params.id, request),
		pageOf
	)
} satisfies Actions;
