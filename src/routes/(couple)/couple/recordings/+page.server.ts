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
	move: formAction(Moved, ({ id, to }, { locals }) => recordings.move(locals.viewer, id, to)),
	hide: formAction(Chosen, ({ id }, { locals }) => recordings.hide(locals.viewer, id)),
	show: formAction(Chosen, ({ id }, { locals }) => recordings.show(locals.viewer, id)),
	remove: formAction(Chosen, ({ id }, { locals }) => recordings.remove(locals.viewer, id))
} satisfies Actions;
