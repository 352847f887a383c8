import { redirect } from '@sveltejs/kit';
import { formAction } from '#lib/kernel/forms/form.server.ts';
import * as households from '#lib/people/households.server.ts';
import { AnswersFor } from '#lib/rsvp/reply.schema.ts';
import * as replies from '#lib/rsvp/replies.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer }, params }) => {
	const { name } = await households.get(viewer, params.id);
	return { ...(await replies.getFor(viewer, params.id)), household: { id: params.id, name } };
};

export const actions = {
	default: formAction('answers:edit', AnswersFor, async (answers, { locals, params }) => {
		await replies.answerFor(locals.viewer, params.id!, answers);
		redirect(303, `/couple/guests/${params.id}?answered`);
	})
} satisfies Actions;
