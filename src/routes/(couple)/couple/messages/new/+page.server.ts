import { randomUUID } from 'node:crypto';
import { redirect } from '@sveltejs/kit';
import { formAction } from '#lib/kernel/forms/form.server.ts';
import * as looks from '#lib/messages/looks.server.ts';
import { NewMailing } from '#lib/messages/mailing.schema.ts';
import * as mailings from '#lib/messages/mailings.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer } }) => ({
	...(await looks.begin(viewer)),
	id: randomUUID()
});

export const actions = {
	save: formAction('mail:send', NewMailing, async (mailing, { locals }) =>
		redirect(303, `/couple/messages/${await mailings.add(locals.viewer, mailing)}?saved`)
	)
} satisfies Actions;
