import * as cover from '#lib/recordings/cover.server.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ locals, params, request }) =>
	cover.answer(locals.viewer, params.id, request);

export const HEAD = GET;
