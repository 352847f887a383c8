import * as sound from '#lib/guestbook/sound.server.ts';
import type { RequestHandler } from './$types';

/** Outside of (guest), as a recording's: a stranger's player is told 404 instead of being shown the way in. */
export const GET: RequestHandler = ({ locals, params, request }) =>
	sound.play(locals.viewer, params.id, request);

export const HEAD = GET;
