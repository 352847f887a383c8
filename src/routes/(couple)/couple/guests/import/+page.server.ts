import { redirect } from '@sveltejs/kit';
import { formAction } from '#lib/kernel/forms/form.server.ts';
import { permit } from '#lib/kernel/viewer.ts';
import { Pasted, Undone } from '#lib/sheets/import.schema.ts';
import * as imports from '#lib/sheets/imports.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer }, url: { searchParams } }) => {
	permit(viewer, 'people:edit');
	return {
		last: await imports.findLast(viewer),
		isDone: searchParams.has('done'),
		isUndone: searchParams.has('undone')
	};
};

export const actions = {
	paste: formAction('people:edit', Pasted, async ({ text }, { locals: { viewer } }) => {
		redirect(303, `/couple/guests/import/${await imports.open(viewer, { text, name: '' })}`);
	}),
	undo: formAction('people:edit', Undone, async ({ id }, { locals: { viewer } }) => {
		await imports.undo(viewer, id);
		redirect(303, '/couple/guests/import?undone');
	})
} satisfies Actions;
