import { formAction } from '#lib/kernel/forms/form.server.ts';
import { toLocal } from '#lib/kernel/text/local-time.ts';
import * as removals from '#lib/removals/removals.server.ts';
import { restoreAction } from '#lib/removals/restore-action.server.ts';
import * as deadlines from '#lib/rsvp/deadlines.server.ts';
import * as events from '#lib/rsvp/events.server.ts';
import * as questions from '#lib/rsvp/questions.server.ts';
import { Deadlines } from '#lib/rsvp/reply.schema.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, wedding }, url: { searchParams } }) => {
	const all = await events.list(viewer);
	const { answersUntil, detailsUntil } = await deadlines.get(viewer);
	const local = (time: Date | null) => (time ? toLocal(time, wedding.timeZone) : '');
	const saved = searchParams.get('saved');
	return {
		events: all,
		questions: (await questions.list(viewer)).length,
		deadlines: { answersUntil: local(answersUntil), detailsUntil: local(detailsUntil) },
		saved: all.find(({ id }) => id === saved)?.name,
		removed: await removals.find(viewer.weddingId, searchParams.get('removed'), 'event')
	};
};

export const actions = {
	deadline: formAction('events:edit', Deadlines, async (typed, { locals }) => {
		await deadlines.set(locals.viewer, typed);
		return { isSaved: true };
	}),
	restore: restoreAction('events:edit', events.restore)
} satisfies Actions;
