import { formAction } from '#lib/kernel/forms/form.server.ts';
import * as placed from '#lib/tables/placed.server.ts';
import { FixtureChosen, FixtureDetails, FixtureEdit } from '#lib/tables/plan.schema.ts';
import { NewTables, PlanDetails, TablePlace } from '#lib/tables/plan.schema.ts';
import * as plans from '#lib/tables/plans.server.ts';
import * as room from '#lib/tables/room.server.ts';
import { isSeated } from '#lib/tables/seating.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer }, params, url, depends, parent }) => {
	depends('live:seating');
	const { plan } = await parent();
	return {
		...{ version: await plans.version(viewer), ...(await room.look(viewer, params.id)) },
		placed: (await placed.list(viewer, plan)).filter(isSeated),
		removed: Number(url.searchParams.get('removed'))
	};
};

export const actions = {
	save: formAction('tables:edit', PlanDetails, async (details, { locals: { viewer }, params }) => {
		await plans.edit(viewer, params.id!, details);
		return { isSaved: true };
	}),
	add: formAction('tables:edit', NewTables, async (typed, { locals: { viewer }, params }) => {
		return { numbers: await room.addTables(viewer, params.id!, typed) };
	}),
	place: formAction('tables:edit', TablePlace, (place, { locals: { viewer }, params }) =>
		room.place(viewer, params.id!, place)
	),
	addFixture: formAction('tables:edit', FixtureDetails, (details, { locals: { viewer }, params }) =>
		room.addFixture(viewer, params.id!, details)
	),
	fixture: formAction('tables:edit', FixtureEdit, (details, { locals: { viewer }, params }) =>
		room.editFixture(viewer, params.id!, details)
	),
	removeFixture: formAction('tables:edit', FixtureChosen, ({ id }, { locals: { viewer }, params }) =>
		room.removeFixture(viewer, params.id!, id)
	)
} satisfies Actions;
