import { formAction } from '#lib/kernel/forms/form.server.ts';
import * as comments from '#lib/recordings/comments.server.ts';
import { Commented, Given, Place, Uncommented } from '#lib/recordings/recording.schema.ts';
import * as listened from '#lib/recordings/listened.server.ts';
import * as programme from '#lib/recordings/programme.server.ts';
import * as recordings from '#lib/recordings/recordings.server.ts';
import * as scores from '#lib/recordings/scores.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer }, params: { id } }) => {
	const [recording, queue, own, averages, lines] = await Promise.all([
		recordings.get(viewer, id),
		programme.tracks(viewer),
		viewer.role === 'guest' ? scores.own(viewer, id) : [],
		scores.seen(viewer),
		comments.list(viewer, id)
	]);
	return { recording, queue, own, averages, ...lines };
};

export const actions = {
	score: formAction('recordings:score', Given, (given, { locals, params }) =>
		scores.give(locals.viewer, params.id!, given)
	),
	comment: formAction('recordings:comment', Commented, async (line, { locals, params }) => {
		await comments.write(locals.viewer, params.id!, line);
		return { isLine: true };
	}),
	takeBack: formAction('recordings:comment', Uncommented, async ({ guestId }, { locals, params }) => {
		await comments.takeBack(locals.viewer, params.id!, guestId);
		return { isLine: true };
	}),
	removeComment: formAction('recordings:edit', Uncommented, ({ guestId }, { locals, params }) =>
		comments.remove(locals.viewer, params.id!, guestId)
	),
	listened: formAction('recordings:remember', Place, (place, { locals, params }) =>
		listened.keep(locals.viewer, params.id!, place)
	)
} satisfies Actions;
