import { fail, redirect } from '@sveltejs/kit';
import { sentence } from '#lib/i18n/say.server.ts';
import { asProblem } from '#lib/kernel/db/db.server.ts';
import { Problem } from '#lib/kernel/problem.ts';
import * as ownCover from '#lib/recordings/own-cover.server.ts';
import * as recordings from '#lib/recordings/recordings.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** Nothing to see, but after a picture that was refused: its sentence, and the form once more. */
export const load: PageServerLoad = async ({ request, params: { id }, locals: { viewer } }) => {
	if (request.method !== 'POST') redirect(303, `/couple/recordings/${id}`);
	return { recording: await recordings.get(viewer, id), limitBytes: ownCover.LIMIT_BYTES };
};

export const actions = {
	async default({ request, locals: { viewer }, params: { id }, setHeaders }) {
		try {
			await ownCover.receive(viewer, id!, request);
		} catch (caught) {
			const error = asProblem(caught);
			const isElsewhere = error instanceof Problem && [401, 403, 404].includes(error.status);
			if (!(error instanceof Problem) || isElsewhere) throw caught;
			setHeaders(error.headers);
			return fail(error.status, { problem: sentence(error) });
		}
		redirect(303, `/couple/recordings/${id}#cover`);
	}
} satisfies Actions;
