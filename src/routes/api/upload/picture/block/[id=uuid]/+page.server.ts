import { redirect } from '@sveltejs/kit';
import { uploadAction } from '#lib/kernel/forms/upload.server.ts';
import * as blocks from '#lib/pages/blocks.server.ts';
import { nameLine } from '#lib/pages/block.ts';
import * as languages from '#lib/people/languages.server.ts';
import { LIMIT_BYTES as limitBytes } from '#lib/pictures/stored.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const pageOf = ({ params }: { params: { id: string } }) => `/couple/page/${params.id}/pictures`;

/** Nothing to see, but after a picture that was refused: its sentence, and the form once more. */
export const load: PageServerLoad = async (event) => {
	const { viewer, language } = event.locals;
	if (event.request.method !== 'POST') redirect(303, pageOf(event));
	const block = await blocks.get(viewer, event.params.id);
	const name = nameLine(block, language);
	return { name, back: pageOf(event), spoken: await languages.list(viewer), limitBytes };
};

export const actions = {
	default: uploadAction(
		({ request, locals: { viewer }, params }: RequestEvent) =>
			blocks.receivePicture(viewer, params.id, request),
		pageOf
	)
} satisfies Actions;
