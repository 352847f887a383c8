import { redirect } from '@sveltejs/kit';
import { uploadAction } from '#lib/kernel/forms/upload.server.ts';
import * as ownCover from '#lib/recordings/own-cover.server.ts';
import * as recordings from '#lib/recordings/recordings.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** Nothing to see, but after a picture that was refused: its sentence, and the form once more. */
export const load: PageServerLoad = async ({ request, params: { id }, locals: { viewer } }) => {
	if (request.method !== 'POST') redirect(303, `/couple/recordings/${id}`);
	return { recording: await recordings.get(viewer, id), limitBytes: ownCover.LIMIT_BYTES };
};

export const actions = {
	default: uploadAction(
		({ request, locals: { viewer }, params }: RequestEvent) => ownCover.receive(viewer, params.id, request),
		({ params }) => `/couple/recordings/${params.id}#cover`
	)
} satisfies Actions;
