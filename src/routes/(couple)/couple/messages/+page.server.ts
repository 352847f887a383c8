import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { formAction } from '#lib/kernel/forms/form.server.ts';
import * as invitation from '#lib/messages/invitation.server.ts';
import * as looks from '#lib/messages/looks.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer }, url: { searchParams } }) => ({
	...(await looks.list(viewer)),
	isRemoved: searchParams.has('removed')
});

export const actions = {
	invitation: formAction('mail:send', z.object({}), async (_, { locals }) =>
		redirect(303, `/couple/messages/${await invitation.begin(locals.viewer)}`)
	)
} satisfies Actions;
