import * as cookies from '#lib/auth/cookies.server.ts';
import { purpose } from '#lib/guestbook/incoming.server.ts';
import * as resumable from '#lib/recordings/resumable.server.ts';
import type { RequestHandler } from './$types';

/** Begins to send a message for the guest book: tus 1.0.0, as for recordings. */
export const POST: RequestHandler = ({ request, locals: { viewer }, cookies: jar, url }) =>
	resumable.answer(viewer, request, { secret: cookies.session(jar), host: url.host }, purpose);

export const OPTIONS = POST;
