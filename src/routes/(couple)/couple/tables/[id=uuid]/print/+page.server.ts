import * as prints from '#lib/cards/seating/printed.server.ts';
import { formAction } from '#lib/kernel/forms/form.server.ts';
import { drawCode } from '#lib/kernel/media/code.ts';
import { may } from '#lib/kernel/viewer.ts';
import { SEATING_RIGHTS, SEATINGS } from '#lib/sheets/seating.ts';
import * as finders from '#lib/tables/finders.server.ts';
import * as plans from '#lib/tables/plans.server.ts';
import { Nothing } from '#lib/tables/seating.schema.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer }, params, parent }) => {
	const { plan } = await parent();
	const mayFind = may(viewer, 'tables:edit');
	return {
		...(await prints.look(viewer, params.id)),
		sheets: SEATINGS.filter((sheet) => may(viewer, SEATING_RIGHTS[sheet])),
		finder: mayFind ? { since: await finders.get(viewer, plan.eventId) } : null
	};
};

export const actions = {
	renew: formAction('tables:edit', Nothing, async (_, { locals: { viewer }, params }) => {
		const { eventId } = await plans.get(viewer, params.id!);
		const url = await finders.renew(viewer, eventId);
		return { url, code: drawCode(url) };
	}),
	end: formAction('tables:edit', Nothing, async (_, { locals: { viewer }, params }) => {
		const { eventId } = await plans.get(viewer, params.id!);
		await finders.end(viewer, eventId);
		return { isEnded: true as const };
	})
} satisfies Actions;
