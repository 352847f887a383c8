import * as broadcast from '#lib/feeds/broadcast.server.ts';
import * as feeds from '#lib/feeds/feeds.server.ts';
import type { RequestHandler } from './$types';

/** For an app, which has no cookie: the secret in the address is all it needs. */
export const GET: RequestHandler = async ({ locals: { viewer, wedding }, params: { secret } }) =>
	broadcast.write(await feeds.open(viewer, secret), wedding, secret);
