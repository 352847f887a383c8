import { redirect } from '@sveltejs/kit';
import { uploadAction } from '#lib/kernel/forms/upload.server.ts';
import { permit } from '#lib/kernel/viewer.ts';
import * as front from '#lib/pictures/front.server.ts';
import { LIMIT_BYTES as limitBytes } from '#lib/pictures/stored.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** Nothing to see, but after a picture that was refused: its sentence, and the form once more. */
export const load: PageServerLoad = async ({ request, locals: { viewer } }) => {
	if (request.method !== 'POST') redirect(303, '/couple/settings/picture');
	permit(viewer, 'pictures:edit');
	return { picture: await front.find(viewer), limitBytes };
};

export const actions = {
	default: uploadAction(
		({ request, locals: { viewer } }: RequestEvent) => front.receive(viewer, request),
		() => '/couple/settings/picture'
	)
} satisfies Actions;
