import * as sound from '#lib/recordings/sound.server.ts';
import type { RequestHandler } from './$types';

/** Outside of (guest): a stranger's player is told 404 instead of being shown the way in. */
export const GET: RequestHandler = ({ locals, params, request }) =>
	sound.answer(locals.viewer, params.id, request);

export const HEAD = GET;
