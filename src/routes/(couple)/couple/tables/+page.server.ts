import { redirect } from '@sveltejs/kit';
import { formAction } from '#lib/kernel/forms/form.server.ts';
import { may } from '#lib/kernel/viewer.ts';
import { NewPlan, PlanChosen, PlanCopy } from '#lib/tables/plan.schema.ts';
import * as plans from '#lib/tables/plans.server.ts';
import { Shown } from '#lib/tables/shown.schema.ts';
import * as shown from '#lib/tables/shown.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer } }) => ({
	events: await plans.list(viewer),
	shown: await shown.list(viewer),
	mayEditTables: may(viewer, 'tables:edit')
});

export const actions = {
	add: formAction('tables:edit', NewPlan, async (plan, { locals: { viewer } }) => {
		redirect(303, `/couple/tables/${await plans.add(viewer, plan)}/room`);
	}),
	copy: formAction('tables:edit', PlanCopy, async ({ id, name }, { locals: { viewer } }) => {
		await plans.copy(viewer, id, name);
		return {};
	}),
	choose: formAction('tables:edit', PlanChosen, async ({ id }, { locals: { viewer } }) => {
		await plans.choose(viewer, id);
		return {};
	}),
	remove: formAction('tables:edit', PlanChosen, async ({ id }, { locals: { viewer } }) => ({
		removed: await plans.remove(viewer, id)
	})),
	restore: formAction('tables:edit', PlanChosen, async ({ id }, { locals: { viewer } }) => {
		await plans.restore(viewer, id);
		return {};
	}),
	show: formAction('tables:edit', Shown, async (typed, { locals: { viewer } }) => {
		await shown.set(viewer, typed);
		return { isSaved: true };
	})
} satisfies Actions;
