import * as pictures from '#lib/pictures/pictures.server.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ locals, params, request }) =>
	pictures.answer(locals.viewer, params, request);

export const HEAD = GET;
