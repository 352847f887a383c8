import { formAction } from '#lib/kernel/forms/form.server.ts';
import * as freed from '#lib/tables/freed.server.ts';
import * as history from '#lib/tables/history.server.ts';
import * as placed from '#lib/tables/placed.server.ts';
import * as plans from '#lib/tables/plans.server.ts';
import * as room from '#lib/tables/room.server.ts';
import { ChangeChosen, Nothing, ToSeat } from '#lib/tables/seating.schema.ts';
import { isSeated, listStanding } from '#lib/tables/seating.ts';
import * as seating from '#lib/tables/seating.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer }, params, url, depends, parent }) => {
	depends('live:seating');
	const { plan } = await parent();
	const words = url.searchParams.get('q') ?? '';
	const version = await plans.version(viewer);
	const all = await placed.list(viewer, plan);
	return {
		...{ words, version, placed: all.filter(isSeated), standing: listStanding(all, words) },
		...{ ...(await room.look(viewer, params.id)), count: all.filter((one) => !isSeated(one)).length },
		...{ freed: await freed.list(viewer, params.id), history: await history.look(viewer, params.id) }
	};
};

export const actions = {
	seat: formAction('tables:edit', ToSeat, async (asked, { locals: { viewer }, params }) => {
		await seating.seat(viewer, params.id!, asked);
		return { skipped: 0 };
	}),
	undo: formAction('tables:edit', ChangeChosen, async ({ changeId }, { locals: { viewer }, params }) => ({
		skipped: await history.undo(viewer, params.id!, changeId)
	})),
	redo: formAction('tables:edit', ChangeChosen, async ({ changeId }, { locals: { viewer }, params }) => ({
		skipped: await history.redo(viewer, params.id!, changeId)
	})),
	dismiss: formAction('tables:edit', Nothing, (_, { locals: { viewer }, params }) =>
		freed.dismiss(viewer, params.id!)
	)
} satisfies Actions;
