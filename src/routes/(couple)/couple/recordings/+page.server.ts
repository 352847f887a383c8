import { formAction } from '#lib/kernel/form.server.ts';
import { settings } from '#lib/kernel/settings.server.ts';
import { Chosen, Moved } from '#lib/recordings/recording.ts';
import * as recordings from '#lib/recordings/recordings.server.ts';
import * as scores from '#lib/recordings/scores.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer } }) => ({
	recordings: await recordings.all(viewer),
	averages: await scores.averages(viewer),
	limitBytes: settings.UPLOAD_LIMIT
});

export const actions = {
	move: formAction(Moved, ({ recordingId, to }, { locals }) =>
		recordings.move(locals.viewer, recordingId, to)
	),
	hide: formAction(Chosen, ({ recordingId }, { locals }) => recordings.hide(locals.viewer, recordingId)),
	show: formAction(Chosen, ({ recordingId }, { locals }) => recordings.show(locals.viewer, recordingId)),
	remove: formAction(Chosen, ({ recordingId }, { locals }) => recordings.remove(locals.viewer, recordingId))
} satisfies Actions;
