import { redirect } from '@sveltejs/kit';
import { formAction } from '#lib/kernel/forms/form.server.ts';
import { may } from '#lib/kernel/viewer.ts';
import { Answers } from '#lib/rsvp/reply.schema.ts';
import * as replies from '#lib/rsvp/replies.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer } }) => ({
	sheet: may(viewer, 'rsvp:answer') && viewer.householdId ? await replies.getOwn(viewer) : null
});

export const actions = {
	default: formAction('rsvp:answer', Answers, async (answers, { locals }) => {
		await replies.answer(locals.viewer, answers);
		redirect(303, '/rsvp/thanks');
	})
} satisfies Actions;
