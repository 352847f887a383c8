import { fail, redirect } from '@sveltejs/kit';
import { sentence } from '#lib/i18n/say.server.ts';
import { asProblem } from '#lib/kernel/db/db.server.ts';
import { Problem } from '#lib/kernel/problem.ts';
import * as incoming from '#lib/sheets/incoming.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** Nothing to see, but after a file that was refused: its sentence, and the form once more. */
export const load: PageServerLoad = ({ request }) => {
	if (request.method !== 'POST') redirect(303, '/couple/guests/import');
};

export const actions = {
	async default({ request, locals: { viewer }, setHeaders }) {
		let id: string;
		try {
			id = await incoming.receive(viewer, request);
		} catch (caught) {
			const error = asProblem(caught);
			if (!(error instanceof Problem) || error.status === 401 || error.status === 403) throw caught;
			setHeaders(error.headers);
			return fail(error.status, { problem: sentence(error) });
		}
		redirect(303, `/couple/guests/import/${id}`);
	}
} satisfies Actions;
