import { z } from 'zod';
import { addressesOf } from '#lib/calendar/address.ts';
import * as addresses from '#lib/calendar/addresses.server.ts';
import { formAction } from '#lib/kernel/forms/form.server.ts';
import { may } from '#lib/kernel/viewer.ts';
import * as weddings from '#lib/weddings/weddings.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, wedding } }) => {
	const mayHave = may(viewer, 'calendar:have') && !!viewer.householdId;
	const secret = mayHave ? await addresses.find(viewer) : null;
	return { mayHave, address: secret && addressesOf(weddings.originOf(wedding), secret) };
};

export const actions = {
	renew: formAction('calendar:have', z.object({}), async (_, { locals: { viewer } }) => {
		await addresses.renew(viewer);
		return true;
	})
} satisfies Actions;
