import { redirect } from '@sveltejs/kit';
import { formAction } from '#lib/kernel/forms/form.server.ts';
import * as looks from '#lib/messages/looks.server.ts';
import { Confirmed, Schedule } from '#lib/messages/mailing.schema.ts';
import * as sending from '#lib/messages/sending.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals: { viewer }, params }) => looks.confirm(viewer, params.id);

export const actions = {
	send: formAction('mail:send', Confirmed, async ({ reach }, { locals, params }) => {
		await sending.send(locals.viewer, params.id!, reach);
		redirect(303, `/couple/messages/${params.id}`);
	}),
	schedule: formAction('mail:send', Schedule, async (moment, { locals, params }) => {
		await sending.schedule(locals.viewer, params.id!, moment);
		redirect(303, `/couple/messages/${params.id}`);
	})
} satisfies Actions;
