import { addressOfIcon } from '#lib/emblem/icons.server.ts';
import { m } from '#lib/i18n/compiled/messages.js';
import { readLook } from '#lib/looks/look.ts';
import * as stylesheet from '#lib/looks/stylesheet.server.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals: { wedding, viewer, name, language, tried } }) => {
	const look = tried ?? readLook(wedding?.look);
	return {
		wedding: wedding && {
			names: wedding.names || m.mail_wedding_unnamed(),
			heldOn: wedding.heldOn,
			place: wedding.place,
			timeZone: wedding.timeZone,
			icon: addressOfIcon(wedding, '180.png')
		},
		viewer: { role: viewer?.role ?? 'nobody', name },
		language,
		theme: look.theme,
		stylesheet: stylesheet.addressOf(look)
	};
};
