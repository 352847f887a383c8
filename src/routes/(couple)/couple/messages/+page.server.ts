import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { formAction } from '#lib/kernel/forms/form.server.ts';
import * as invitation from '#lib/messages/invitation.server.ts';
import * as looks from '#lib/messages/looks.server.ts';
import { MailingChosen } from '#lib/messages/mailing.schema.ts';
import * as mailings from '#lib/messages/mailings.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer }, url: { searchParams } }) => ({
	...(await looks.list(viewer)),
	removed: searchParams.get('removed') ?? ''
});

export const actions = {
	invitation: formAction('mail:send', z.object({}), async (_, { locals }) =>
		redirect(303, `/couple/messages/${await invitation.begin(locals.viewer)}`)
	),
	restore: formAction('mail:send', MailingChosen, async ({ id }, { locals }) => {
		await mailings.restore(locals.viewer, id);
		redirect(303, `/couple/messages/${id}`);
	})
} satisfies Actions;
