import { redirect } from '@sveltejs/kit';
import { formAction } from '#lib/kernel/forms/form.server.ts';
import { permit } from '#lib/kernel/viewer.ts';
import { Removal } from '#lib/rsvp/event.schema.ts';
import * as languages from '#lib/people/languages.server.ts';
import * as events from '#lib/rsvp/events.server.ts';
import { QuestionDetails } from '#lib/rsvp/question.schema.ts';
import * as questions from '#lib/rsvp/questions.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer }, params }) => {
	permit(viewer, 'events:edit');
	return {
		question: await questions.get(viewer, params.id),
		events: await events.list(viewer),
		spoken: await languages.list(viewer)
	};
};

export const actions = {
	save: formAction('events:edit', QuestionDetails, async (details, { locals, params }) => {
		await questions.edit(locals.viewer, params.id!, details);
		redirect(303, '/couple/events/questions?saved');
	}),
	remove: formAction('events:edit', Removal, async ({ answers }, { locals, params }) => {
		const removed = await questions.remove(locals.viewer, params.id!, answers);
		redirect(303, `/couple/events/questions?removed=${removed}`);
	})
} satisfies Actions;
