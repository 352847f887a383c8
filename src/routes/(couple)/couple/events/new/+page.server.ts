import { redirect } from '@sveltejs/kit';
import { formAction } from '#lib/kernel/forms/form.server.ts';
import { permit } from '#lib/kernel/viewer.ts';
import * as languages from '#lib/people/languages.server.ts';
import { NewEvent } from '#lib/rsvp/event.schema.ts';
import * as events from '#lib/rsvp/events.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer } }) => {
	permit(viewer, 'events:edit');
	return { spoken: await languages.list(viewer) };
};

export const actions = {
	add: formAction('events:edit', NewEvent, async (details, { locals: { viewer } }) => {
		redirect(303, `/couple/events?saved=${await events.add(viewer, details)}`);
	})
} satisfies Actions;
