import { redirect } from '@sveltejs/kit';
import * as cookies from '#lib/auth/cookies.server.ts';
import * as uploads from '#lib/recordings/uploads.server.ts';
import type { RequestHandler } from './$types';

/** For scripts and programs; what a browser's form sends goes to the page beside this file. */
export const POST: RequestHandler = async ({ request, locals: { viewer }, cookies: jar, url }) => {
	const received = await uploads.receive(viewer, request);
	const session = { secret: cookies.session(jar), host: url.host };
	const { previous: _, next: __, ...recording } = await uploads.finish(viewer, received, session);
	if (!request.headers.get('accept')?.includes('application/json')) redirect(303, '/couple/recordings');
	const address = `/recordings/${recording.id}`;
	return Response.json({ ...recording, url: address }, { status: 201, headers: { location: address } });
};
