import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { formAction } from '#lib/kernel/forms/form.server.ts';
import { AsSeen, RecordingForm } from '#lib/recordings/recording.schema.ts';
import * as tags from '#lib/people/tags.server.ts';
import * as ownCover from '#lib/recordings/own-cover.server.ts';
import * as processing from '#lib/recordings/processing.server.ts';
import * as recordings from '#lib/recordings/recordings.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer }, params: { id } }) => ({
	recording: await recordings.get(viewer, id),
	tags: await tags.list(viewer),
	count: (await recordings.all(viewer)).length,
	limitBytes: ownCover.LIMIT_BYTES
});

const nothing = z.object({});

export const actions = {
	edit: formAction('recordings:edit', RecordingForm, async (details, { locals, params }) => {
		await recordings.edit(locals.viewer, params.id!, details);
		redirect(303, `/couple/recordings?saved=${params.id}`);
	}),
	retry: formAction('recordings:edit', nothing, (_, { locals, params }) =>
		processing.retry(locals.viewer, params.id!)
	),
	removeCover: formAction('recordings:edit', nothing, (_, { locals, params }) =>
		ownCover.remove(locals.viewer, params.id!)
	),
	remove: formAction('recordings:edit', AsSeen, async (seen, { locals, params }) => {
		const { removalId } = await recordings.remove(locals.viewer, params.id!, seen);
		redirect(303, `/couple/recordings?removed=${removalId}`);
	})
} satisfies Actions;
