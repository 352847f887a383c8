import { redirect } from '@sveltejs/kit';
import { formAction } from '#lib/kernel/forms/form.server.ts';
import * as answers from '#lib/rsvp/answers.server.ts';
import * as placed from '#lib/tables/placed.server.ts';
import { TableDetails, TableRemoval } from '#lib/tables/plan.schema.ts';
import * as room from '#lib/tables/room.server.ts';
import { Needs, ToFree, ToLock, ToMove, ToSwap } from '#lib/tables/seating.schema.ts';
import * as seating from '#lib/tables/seating.server.ts';
import { isSeated } from '#lib/tables/seating.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer }, params, parent }) => {
	const { plan, maySeeAnswers } = await parent();
	return {
		table: await room.getTable(viewer, params.id, params.table),
		tables: (await room.look(viewer, params.id)).tables,
		placed: (await placed.list(viewer, plan)).filter(isSeated),
		diets: maySeeAnswers ? await answers.listDiets(viewer) : []
	};
};

export const actions = {
	save: formAction('tables:edit', TableDetails, (typed, { locals: { viewer }, params }) =>
		room.editTable(viewer, params.id!, params.table!, typed).then(() => ({ isSaved: true }))
	),
	remove: formAction('tables:edit', TableRemoval, async ({ letStand }, { locals: { viewer }, params }) => {
		const number = await room.removeTable(viewer, params.id!, params.table!, letStand);
		redirect(303, `/couple/tables/${params.id}/room?removed=${number}`);
	}),
	move: formAction('tables:edit', ToMove, (it, on) => seating.move(on.locals.viewer, on.params.id!, it)),
	swap: formAction('tables:edit', ToSwap, (it, on) => seating.swap(on.locals.viewer, on.params.id!, it)),
	free: formAction('tables:edit', ToFree, (it, on) => seating.free(on.locals.viewer, on.params.id!, it)),
	lock: formAction('tables:edit', ToLock, ({ guestId, isLocked }, { locals: { viewer }, params }) =>
		seating.lock(viewer, params.id!, guestId, isLocked === 'yes')
	),
	needs: formAction('tables:edit', Needs, (it, on) => seating.setNeeds(on.locals.viewer, on.params.id!, it))
} satisfies Actions;
