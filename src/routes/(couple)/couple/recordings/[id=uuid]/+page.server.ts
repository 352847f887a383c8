import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { formAction } from '#lib/kernel/form.server.ts';
import { RecordingEdit } from '#lib/recordings/recording.ts';
import * as recordings from '#lib/recordings/recordings.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer }, params: { id } }) => ({
	recording: await recordings.get(viewer, id),
	count: (await recordings.all(viewer)).length
});

export const actions = {
	edit: formAction(RecordingEdit, async (details, { locals, params }) => {
		await recordings.edit(locals.viewer, params.id!, details);
		redirect(303, `/couple/recordings?saved=${params.id}`);
	}),
	hide: formAction(z.object({}), (_, { locals, params }) => recordings.hide(locals.viewer, params.id!)),
	show: formAction(z.object({}), (_, { locals, params }) => recordings.show(locals.viewer, params.id!)),
	remove: formAction(z.object({}), async (_, { locals, params }) => {
		await recordings.remove(locals.viewer, params.id!);
		redirect(303, '/couple/recordings?removed');
	})
} satisfies Actions;
