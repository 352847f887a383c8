import { formAction } from '#lib/kernel/forms/form.server.ts';
import { permit } from '#lib/kernel/viewer.ts';
import { LookChoice } from '#lib/looks/look.schema.ts';
import * as looks from '#lib/looks/looks.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, wedding } }) => {
	permit(viewer, 'looks:edit');
	return { look: await looks.find(wedding.id) };
};

export const actions = {
	default: formAction('looks:edit', LookChoice, async (look, { locals }) => {
		await looks.set(locals.viewer, look);
		// the page that says so wears it
		locals.wedding.look = look;
		return true;
	})
} satisfies Actions;
