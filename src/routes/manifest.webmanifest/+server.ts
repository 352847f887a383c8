import { COLOURS } from '#lib/emblem/drawing.ts';
import { addressOfIcon } from '#lib/emblem/icons.server.ts';
import { manifestOf } from '#lib/emblem/manifest.ts';
import { m } from '#lib/i18n/compiled/messages.js';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ locals: { wedding, language } }) => {
	const names = wedding.names || m.mail_wedding_unnamed();
	const icon = (name: Parameters<typeof addressOfIcon>[1]) => addressOfIcon(wedding, name);
	return Response.json(manifestOf({ names, language, paper: COLOURS.paper, icon }), {
		headers: { 'content-type': 'application/manifest+json' }
	});
};
