import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { id } from '#lib/kernel/forms/fields.ts';
import { formAction } from '#lib/kernel/forms/form.server.ts';
import * as plusOnes from '#lib/people/plus-ones.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ params }) => redirect(303, `/couple/guests/${params.id}`);

export const actions = {
	moveOut: formAction('people:edit', z.object({ id }), async ({ id }, { locals, params }) => {
		redirect(303, `/couple/guests/${await plusOnes.moveOut(locals.viewer, params.id!, id)}?own`);
	})
} satisfies Actions;
