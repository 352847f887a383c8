import * as cookies from '#lib/auth/cookies.server.ts';
import { Problem } from '#lib/kernel/problem.ts';
import * as resumable from '#lib/recordings/resumable.server.ts';
import type { RequestHandler } from './$types';

/** One upload: how far it is, more of it, or no more of it. What was sent is never given out. */
const answer: RequestHandler = ({ request, locals: { viewer }, cookies: jar, url, params: { id } }) =>
	resumable.answer(viewer, request, { secret: cookies.session(jar), host: url.host, id });

export const GET: RequestHandler = () => {
	throw new Problem(404, 'not_found');
};

export { answer as HEAD, answer as PATCH, answer as DELETE, answer as OPTIONS };
