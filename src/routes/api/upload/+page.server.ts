import { fail, redirect } from '@sveltejs/kit';
import * as cookies from '#lib/auth/cookies.server.ts';
import { sentence } from '#lib/i18n/say.server.ts';
import { asProblem } from '#lib/kernel/db/db.server.ts';
import { Problem } from '#lib/kernel/problem.ts';
import { settings } from '#lib/kernel/settings.server.ts';
import * as uploads from '#lib/recordings/uploads.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** Nothing to see, but after a form that was refused: its sentence, and the form with what was typed. */
export const load: PageServerLoad = ({ request }) => {
	if (request.method !== 'POST') redirect(303, '/couple/recordings');
	return { limitBytes: settings.UPLOAD_LIMIT };
};

export const actions = {
	async default({ request, locals: { viewer }, cookies: jar, url, setHeaders }) {
		let values = {};
		try {
			const received = await uploads.receive(viewer, request);
			values = received.fields;
			await uploads.finish(viewer, received, { secret: cookies.session(jar), host: url.host });
		} catch (caught) {
			const error = asProblem(caught);
			if (!(error instanceof Problem) || error.status === 401 || error.status === 403) throw caught;
			setHeaders(error.headers);
			return fail(error.status, { values, problem: sentence(error) });
		}
		redirect(303, '/couple/recordings');
	}
} satisfies Actions;
