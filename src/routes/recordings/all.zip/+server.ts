import * as keepsake from '#lib/keepsake/keepsake.server.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ locals, request }) =>
	keepsake.answer(locals.viewer, request, locals.language);

export const HEAD = GET;
