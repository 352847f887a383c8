import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { formAction } from '#lib/kernel/forms/form.server.ts';
import { ChangedHousehold } from '#lib/people/household.schema.ts';
import * as households from '#lib/people/households.server.ts';
import * as invitations from '#lib/people/invitations.server.ts';
import * as tags from '#lib/people/tags.server.ts';
import * as asked from '#lib/rsvp/asked.server.ts';
import { Asked } from '#lib/rsvp/reply.schema.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, wedding }, params }) => {
	const household = await households.get(viewer, params.id);
	const link = household.code && invitations.link(wedding, household.code);
	return { household, link, tags: await tags.list(viewer), asked: await asked.get(viewer, params.id) };
};

const nothing = z.object({});

export const actions = {
	save: formAction('people:edit', ChangedHousehold, async (details, { locals, params }) => {
		const gone = await households.edit(locals.viewer, params.id!, details);
		redirect(303, `/couple/guests?saved=${params.id}${gone ? `&removed=${gone}` : ''}`);
	}),
	invite: formAction('mail:send', nothing, (_, { locals, params }) =>
		invitations.send(locals.viewer, [params.id!])
	),
	ask: formAction('events:edit', Asked, (asking, { locals, params }) =>
		asked.set(locals.viewer, params.id!, asking)
	),
	renew: formAction('people:edit', nothing, async (_, { locals, params }) => {
		await households.renew(locals.viewer, params.id!);
		return { isRenewed: true };
	}),
	remove: formAction('people:remove', nothing, async (_, { locals, params }) => {
		redirect(303, `/couple/guests?removed=${await households.remove(locals.viewer, params.id!)}`);
	})
} satisfies Actions;
