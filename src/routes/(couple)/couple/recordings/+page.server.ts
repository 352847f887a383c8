import { formAction } from '#lib/kernel/forms/form.server.ts';
import * as copies from '#lib/recordings/copies.server.ts';
import { Chosen, Discarded, Moved } from '#lib/recordings/recording.schema.ts';
import * as processing from '#lib/recordings/processing.server.ts';
import * as recordings from '#lib/recordings/recordings.server.ts';
import * as resumable from '#lib/recordings/resumable.server.ts';
import * as scores from '#lib/recordings/scores.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer }, url: { searchParams } }) => {
	const all = await recordings.all(viewer);
	return {
		recordings: all,
		averages: await scores.averages(viewer),
		...(await resumable.facts(viewer)),
		saved: all.find(({ id }) => id === searchParams.get('saved'))?.title,
		isRemoved: searchParams.has('removed')
	};
};

export const actions = {
	move: formAction('recordings:edit', Moved, ({ recordingId, to }, { locals }) =>
		recordings.move(locals.viewer, recordingId, to)
	),
	hide: formAction('recordings:edit', Chosen, ({ recordingId }, { locals }) =>
		recordings.hide(locals.viewer, recordingId)
	),
	show: formAction('recordings:edit', Chosen, ({ recordingId }, { locals }) =>
		recordings.show(locals.viewer, recordingId)
	),
	keepBoth: formAction('recordings:edit', Chosen, ({ recordingId }, { locals }) =>
		copies.keep(locals.viewer, recordingId)
	),
	discard: formAction('recordings:edit', Discarded, ({ uploadId }, { locals }) =>
		resumable.discard(locals.viewer, uploadId)
	),
	retry: formAction('recordings:edit', Chosen, ({ recordingId }, { locals }) =>
		processing.retry(locals.viewer, recordingId)
	),
	remove: formAction('recordings:edit', Chosen, async ({ recordingId }, { locals }) => {
		await recordings.remove(locals.viewer, recordingId);
		return { isRemoved: true };
	})
} satisfies Actions;
