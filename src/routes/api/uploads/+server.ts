import * as cookies from '#lib/auth/cookies.server.ts';
import * as resumable from '#lib/recordings/resumable.server.ts';
import type { RequestHandler } from './$types';

/** Begins an upload that can be gone on with: tus 1.0.0, https://tus.io/protocols/resumable-upload */
export const POST: RequestHandler = ({ request, locals: { viewer }, cookies: jar, url }) =>
	resumable.answer(viewer, request, { secret: cookies.session(jar), host: url.host });

export const OPTIONS = POST;
