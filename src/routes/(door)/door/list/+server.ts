import * as expected from '#lib/door/expected.server.ts';
import type { RequestHandler } from './$types';

/** Whom to expect at the entrance; 304 for a phone that has this list. */
export const GET: RequestHandler = async ({ locals: { viewer }, request }) => {
	const list = await expected.read(viewer);
	// weak, as nginx makes it when it squeezes the list
	const headers = { etag: `W/"${list.version}"`, 'cache-control': 'private, no-store' };
	if (request.headers.get('if-none-match') === headers.etag)
		return new Response(null, { status: 304, headers });
	return Response.json(list, { headers });
};
