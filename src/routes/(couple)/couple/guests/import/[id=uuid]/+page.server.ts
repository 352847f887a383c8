import { redirect } from '@sveltejs/kit';
import { formAction } from '#lib/kernel/forms/form.server.ts';
import { readAsked } from '#lib/sheets/asked.ts';
import { Seen } from '#lib/sheets/import.schema.ts';
import * as imports from '#lib/sheets/imports.server.ts';
import * as view from '#lib/sheets/view.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer }, params, url }) => ({
	look: await view.look(viewer, params.id, readAsked(url.searchParams))
});

export const actions = {
	confirm: formAction('people:edit', Seen, async ({ version }, { locals: { viewer }, params, url }) => {
		await imports.confirm(viewer, params.id!, { ...readAsked(url.searchParams), version });
		redirect(303, '/couple/guests/import?done');
	})
} satisfies Actions;
