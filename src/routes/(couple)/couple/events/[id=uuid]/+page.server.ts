import { redirect } from '@sveltejs/kit';
import { formAction } from '#lib/kernel/forms/form.server.ts';
import { Asking, EventDetails, Removal, Selection, Undo } from '#lib/rsvp/event.schema.ts';
import * as languages from '#lib/people/languages.server.ts';
import * as tags from '#lib/people/tags.server.ts';
import * as events from '#lib/rsvp/events.server.ts';
import * as invited from '#lib/rsvp/invited.server.ts';
import { addLocalTimes } from '#lib/rsvp/local-times.ts';
import * as waits from '#lib/rsvp/waits.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, wedding }, params }) => ({
	event: addLocalTimes(await events.get(viewer, params.id), wedding.timeZone),
	...{ answers: await events.countAnswers(viewer, params.id), spoken: await languages.list(viewer) },
	...{ waiting: await waits.list(viewer, params.id), households: await invited.list(viewer, params.id) },
	...{ invited: await invited.look(viewer, params.id), tags: await tags.list(viewer) }
});

export const actions = {
	save: formAction('events:edit', EventDetails, async (details, { locals, params }) => {
		await events.edit(locals.viewer, params.id!, details);
		redirect(303, `/couple/events?saved=${params.id}`);
	}),
	ask: formAction('events:edit', Asking, (asking, { locals, params }) =>
		invited.ask(locals.viewer, params.id!, asking)
	),
	undo: formAction('events:edit', Undo, ({ changeId }, { locals, params }) =>
		invited.undo(locals.viewer, params.id!, changeId)
	),
	select: formAction('events:edit', Selection, (selection, { locals, params }) =>
		invited.select(locals.viewer, params.id!, selection)
	),
	remove: formAction('events:edit', Removal, async ({ answers }, { locals, params }) => {
		redirect(303, `/couple/events?removed=${await events.remove(locals.viewer, params.id!, answers)}`);
	})
} satisfies Actions;
