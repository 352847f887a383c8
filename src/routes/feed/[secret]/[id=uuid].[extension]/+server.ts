import * as broadcast from '#lib/feeds/broadcast.server.ts';
import * as feeds from '#lib/feeds/feeds.server.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals: { viewer }, params: { secret, id }, request }) =>
	broadcast.play(await feeds.open(viewer, secret), id, request);

export const HEAD = GET;
