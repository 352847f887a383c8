import * as arrivals from '#lib/door/arrivals.server.ts';
import * as inside from '#lib/door/inside.server.ts';
import { ChosenPhone, NewPhone } from '#lib/door/phone.schema.ts';
import * as phones from '#lib/door/phones.server.ts';
import { formAction } from '#lib/kernel/forms/form.server.ts';
import { drawCode } from '#lib/kernel/media/code.ts';
import { may } from '#lib/kernel/viewer.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer }, depends }) => {
	depends('live:door');
	// before what it is about: what happens in between is told anew
	const version = await arrivals.version(viewer);
	return {
		version,
		events: await inside.read(viewer),
		phones: may(viewer, 'door:edit') ? await phones.list(viewer) : null
	};
};

const shown = ({ id, url }: phones.Made) => ({ id, url, code: drawCode(url) });

export const actions = {
	add: formAction('door:edit', NewPhone, async ({ name }, { locals }) =>
		shown(await phones.add(locals.viewer, name))
	),
	renew: formAction('door:edit', ChosenPhone, async ({ id }, { locals }) =>
		shown(await phones.renew(locals.viewer, id))
	),
	end: formAction('door:edit', ChosenPhone, async ({ id }, { locals }) => ({
		ended: await phones.end(locals.viewer, id)
	}))
} satisfies Actions;
