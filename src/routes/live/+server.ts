import * as streams from '#lib/live/streams.server.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals: { viewer } }) =>
	new Response(await streams.open(viewer), {
		headers: {
			...{ 'content-type': 'text/event-stream', 'cache-control': 'private, no-store' },
			// nginx would keep what is said until it has a page full of it
			'x-accel-buffering': 'no'
		}
	});
