import { fail, redirect } from '@sveltejs/kit';
import * as cookies from '#lib/auth/cookies.server.ts';
import * as incoming from '#lib/guestbook/incoming.server.ts';
import { sentence } from '#lib/i18n/say.server.ts';
import { asProblem } from '#lib/kernel/db/db.server.ts';
import { Problem } from '#lib/kernel/problem.ts';
import type { Actions, PageServerLoad } from './$types';

/** Nothing to see, but after a form that was refused: its sentence, and the form with what was typed. */
export const load: PageServerLoad = ({ request }) => {
	if (request.method !== 'POST') redirect(303, '/guestbook');
	return { limitBytes: incoming.limitBytes() };
};

export const actions = {
	async default({ request, locals: { viewer }, cookies: jar, url, setHeaders }) {
		let speaker = '';
		try {
			const received = await incoming.receive(viewer, request);
			speaker = received.fields.speaker ?? '';
			await incoming.finish(viewer, received, { secret: cookies.session(jar), host: url.host });
		} catch (caught) {
			const error = asProblem(caught);
			if (!(error instanceof Problem) || error.status === 401 || error.status === 403) throw caught;
			setHeaders(error.headers);
			return fail(error.status, { speaker, problem: sentence(error) });
		}
		redirect(303, '/guestbook?sent');
	}
} satisfies Actions;
