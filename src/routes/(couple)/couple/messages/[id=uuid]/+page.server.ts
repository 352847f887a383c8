import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { formAction } from '#lib/kernel/forms/form.server.ts';
import * as looks from '#lib/messages/looks.server.ts';
import { AudienceChoice, MailingWords } from '#lib/messages/mailing.schema.ts';
import * as mailings from '#lib/messages/mailings.server.ts';
import * as sending from '#lib/messages/sending.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer }, params, url: { searchParams } }) => ({
	...(await looks.edit(viewer, params.id)),
	isSaved: searchParams.has('saved'),
	isSent: searchParams.has('sent')
});

export const actions = {
	save: formAction('mail:send', MailingWords, async (words, { locals, params }) => {
		await mailings.save(locals.viewer, params.id!, words);
		return { isWritten: true };
	}),
	address: formAction('mail:send', AudienceChoice, async (audience, { locals, params }) => {
		await mailings.address(locals.viewer, params.id!, audience);
		return { isAddressed: true };
	}),
	back: formAction('mail:send', z.object({}), (_, { locals, params }) =>
		sending.takeBack(locals.viewer, params.id!)
	),
	remove: formAction('mail:send', z.object({}), async (_, { locals, params }) => {
		await mailings.remove(locals.viewer, params.id!);
		redirect(303, `/couple/messages?removed=${params.id}`);
	})
} satisfies Actions;
