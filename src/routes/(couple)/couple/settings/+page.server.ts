import { formAction } from '#lib/kernel/forms/form.server.ts';
import { may, permit } from '#lib/kernel/viewer.ts';
import * as listUnsubscribe from '#lib/mail/list-unsubscribe.server.ts';
import * as languages from '#lib/people/languages.server.ts';
import { WeddingDetails } from '#lib/weddings/wedding.schema.ts';
import * as weddings from '#lib/weddings/weddings.server.ts';
import type { Actions, PageServerLoad } from './$types';

const timeZones = Intl.supportedValuesOf('timeZone');

export const load: PageServerLoad = async ({ locals: { viewer } }) => {
	permit(viewer, 'wedding:edit');
	const { heldOn, ...details } = await weddings.get(viewer);
	const { names, place, welcome, timeZone, language, guestsMayTake } = details;
	const day = heldOn?.toISOString().slice(0, 10) ?? '';
	const mayInvite = may(viewer, 'members:edit');
	return {
		mayInvite,
		isPlain: await listUnsubscribe.isMissing(),
		details: { names, heldOn: day, place, welcome, timeZone, language, guestsMayTake },
		spoken: await languages.list(viewer),
		timeZones
	};
};

export const actions = {
	default: formAction('wedding:edit', WeddingDetails, async (details, { locals }) => {
		await weddings.edit(locals.viewer, details);
		return true;
	})
} satisfies Actions;
