import { fail, redirect } from '@sveltejs/kit';
import { sentence } from '#lib/i18n/say.server.ts';
import { asProblem } from '#lib/kernel/db/db.server.ts';
import { Problem } from '#lib/kernel/problem.ts';
import { permit } from '#lib/kernel/viewer.ts';
import * as front from '#lib/pictures/front.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** Nothing to see, but after a picture that was refused: its sentence, and the form once more. */
export const load: PageServerLoad = async ({ request, locals: { viewer } }) => {
	if (request.method !== 'POST') redirect(303, '/couple/settings/picture');
	permit(viewer, 'pictures:edit');
	return { picture: await front.find(viewer), limitBytes: front.LIMIT_BYTES };
};

export const actions = {
	async default({ request, locals: { viewer }, setHeaders }) {
		try {
			await front.receive(viewer, request);
		} catch (caught) {
			const error = asProblem(caught);
			if (!(error instanceof Problem) || [401, 403].includes(error.status)) throw caught;
			setHeaders(error.headers);
			return fail(error.status, { problem: sentence(error) });
		}
		redirect(303, '/couple/settings/picture');
	}
} satisfies Actions;
