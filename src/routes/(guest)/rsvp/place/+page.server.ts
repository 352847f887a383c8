import { redirect } from '@sveltejs/kit';
import { formAction } from '#lib/kernel/forms/form.server.ts';
import { may } from '#lib/kernel/viewer.ts';
import * as replies from '#lib/rsvp/replies.server.ts';
import { Offered } from '#lib/rsvp/reply.schema.ts';
import * as waits from '#lib/rsvp/waits.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer } }) => {
	if (!may(viewer, 'rsvp:answer') || !viewer.householdId) redirect(303, '/rsvp');
	return { sheet: await replies.getOwn(viewer) };
};

export const actions = {
	take: formAction('rsvp:answer', Offered, async (offered, { locals }) => {
		await waits.take(locals.viewer, offered);
		redirect(303, '/rsvp/thanks');
	}),
	decline: formAction('rsvp:answer', Offered, async (offered, { locals }) => {
		await waits.decline(locals.viewer, offered);
		redirect(303, '/rsvp/thanks');
	})
} satisfies Actions;
