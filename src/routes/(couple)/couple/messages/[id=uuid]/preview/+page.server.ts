import { formAction } from '#lib/kernel/forms/form.server.ts';
import * as looks from '#lib/messages/looks.server.ts';
import { Trial } from '#lib/messages/mailing.schema.ts';
import * as sending from '#lib/messages/sending.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer }, params, url: { searchParams } }) => ({
	...(await looks.preview(viewer, params.id, searchParams.get('household') ?? '')),
	scheme: searchParams.get('scheme') === 'dark' ? 'dark' : 'light'
});

export const actions = {
	test: formAction('mail:send', Trial, async ({ household }, { locals, params }) => ({
		address: await sending.test(locals.viewer, params.id!, household)
	}))
} satisfies Actions;
