import * as broadcast from '#lib/feeds/broadcast.server.ts';
import * as feeds from '#lib/feeds/feeds.server.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals: { viewer }, params, request }) => {
	const feed = await feeds.open(viewer, params.secret);
	const answer = params.extension === 'jpg' ? broadcast.picture : broadcast.play;
	return answer(feed, params.id, request);
};

export const HEAD = GET;
