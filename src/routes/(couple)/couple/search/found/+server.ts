import { find } from '../../../../../app/find.server.ts';
import type { RequestHandler } from './$types';

/** The same as the page says, for whoever looks while they type. */
export const GET: RequestHandler = async ({ locals: { viewer }, url }) =>
	Response.json(await find(viewer, url.searchParams.get('q') ?? ''));
