import { redirect } from '@sveltejs/kit';
import { formAction } from '#lib/kernel/forms/form.server.ts';
import { permit } from '#lib/kernel/viewer.ts';
import * as languages from '#lib/people/languages.server.ts';
import * as events from '#lib/rsvp/events.server.ts';
import { QuestionDetails } from '#lib/rsvp/question.schema.ts';
import * as questions from '#lib/rsvp/questions.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer } }) => {
	permit(viewer, 'events:edit');
	return { events: await events.list(viewer), spoken: await languages.list(viewer) };
};

export const actions = {
	add: formAction('events:edit', QuestionDetails, async (details, { locals: { viewer } }) => {
		await questions.add(viewer, details);
		redirect(303, '/couple/events/questions?saved');
	})
} satisfies Actions;
