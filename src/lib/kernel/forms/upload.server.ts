import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { sentence } from '../../i18n/say.server.ts';
import { asProblem } from '../db/db.server.ts';
import { Problem } from '../problem.ts';

/** These are about who asks or for what, not about what was sent: they have pages of their own. */
const ELSEWHERE = [401, 403, 404];

/**
 * The way in for a form with a file, which `receive` reads itself and asks for the right before. A refusal comes back
 * with its sentence, for the page to show the form once more; else `next` says where to go.
 */
export function uploadAction<Event extends RequestEvent>(
	receive: (event: Event) => Promise<unknown>,
	next: (event: Event) => string
) {
	return async (event: Event) => {
		try {
			await receive(event);
		} catch (caught) {
			const error = asProblem(caught);
			if (!(error instanceof Problem) || ELSEWHERE.includes(error.status)) throw caught;
			event.setHeaders(error.headers);
			return fail(error.status, { problem: sentence(error) });
		}
		redirect(303, next(event));
	};
}
