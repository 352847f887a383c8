import * as addresses from '#lib/calendar/addresses.server.ts';
import * as calendars from '#lib/calendar/calendars.server.ts';
import type { RequestHandler } from './$types';

/** For an app, which has no cookie: the secret in the address is all it needs. */
export const GET: RequestHandler = async ({ locals: { viewer, wedding }, params: { secret } }) => {
	const own = await addresses.open(viewer, secret);
	return calendars.write(own.viewer, { wedding, language: own.language });
};
