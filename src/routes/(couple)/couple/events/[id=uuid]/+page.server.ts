import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { formAction } from '#lib/kernel/forms/form.server.ts';
import { toLocal } from '#lib/kernel/text/local-time.ts';
import { EventDetails, Removal, Selection } from '#lib/rsvp/event.schema.ts';
import * as events from '#lib/rsvp/events.server.ts';
import * as invited from '#lib/rsvp/invited.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, wedding }, params }) => {
	const event = await events.get(viewer, params.id);
	const local = (time: Date | null) => (time ? toLocal(time, wedding.timeZone) : '');
	return {
		event: { ...event, startsLocal: local(event.startsAt), endsLocal: local(event.endsAt) },
		answers: await events.countAnswers(viewer, params.id),
		households: await invited.list(viewer, params.id)
	};
};

export const actions = {
	save: formAction('events:edit', EventDetails, async (details, { locals, params }) => {
		await events.edit(locals.viewer, params.id!, details);
		redirect(303, `/couple/events?saved=${params.id}`);
	}),
	inviteEverybody: formAction('events:edit', z.object({}), (_, { locals, params }) =>
		invited.inviteEverybody(locals.viewer, params.id!)
	),
	select: formAction('events:edit', Selection, (selection, { locals, params }) =>
		invited.select(locals.viewer, params.id!, selection)
	),
	remove: formAction('events:edit', Removal, async ({ answers }, { locals, params }) => {
		await events.remove(locals.viewer, params.id!, answers);
		redirect(303, '/couple/events?removed');
	})
} satisfies Actions;
