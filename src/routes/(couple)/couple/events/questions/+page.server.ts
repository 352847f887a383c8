import { formAction } from '#lib/kernel/forms/form.server.ts';
import * as removals from '#lib/removals/removals.server.ts';
import { restoreAction } from '#lib/removals/restore-action.server.ts';
import * as events from '#lib/rsvp/events.server.ts';
import { Move } from '#lib/rsvp/question.schema.ts';
import * as questions from '#lib/rsvp/questions.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer }, url: { searchParams } }) => ({
	questions: await questions.list(viewer),
	events: await events.list(viewer),
	isSaved: searchParams.has('saved'),
	removed: await removals.find(viewer.weddingId, searchParams.get('removed'), 'question')
});

export const actions = {
	move: formAction('events:edit', Move, ({ id, direction }, { locals }) =>
		questions.move(locals.viewer, id, direction)
	),
	restore: restoreAction('events:edit', questions.restore)
} satisfies Actions;
