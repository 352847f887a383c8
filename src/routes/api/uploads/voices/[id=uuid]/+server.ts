import * as cookies from '#lib/auth/cookies.server.ts';
import { purpose } from '#lib/guestbook/incoming.server.ts';
import * as resumable from '#lib/recordings/resumable.server.ts';
import type { RequestHandler } from './$types';

const answer: RequestHandler = ({ request, locals: { viewer }, cookies: jar, url, params: { id } }) =>
	resumable.answer(viewer, request, { secret: cookies.session(jar), host: url.host, id }, purpose);

export { answer as HEAD, answer as PATCH, answer as DELETE, answer as OPTIONS };
