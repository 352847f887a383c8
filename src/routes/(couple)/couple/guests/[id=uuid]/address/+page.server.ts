import { redirect } from '@sveltejs/kit';
import { formAction } from '#lib/kernel/forms/form.server.ts';
import { Correction } from '#lib/people/correction.schema.ts';
import * as corrections from '#lib/people/corrections.server.ts';
import { findLost } from '#lib/people/household.ts';
import * as households from '#lib/people/households.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer }, params }) => {
	const household = await households.get(viewer, params.id);
	const [lost] = findLost(household);
	return { name: household.name, id: params.id, lost };
};

export const actions = {
	default: formAction('mail:send', Correction, async (correction, { locals, params }) => {
		const count = await corrections.correct(locals.viewer, params.id!, correction);
		redirect(303, count ? '/couple/guests?corrected' : `/couple/guests?saved=${params.id}`);
	})
} satisfies Actions;
