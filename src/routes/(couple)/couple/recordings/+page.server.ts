import { formAction } from '#lib/kernel/forms/form.server.ts';
import type { Viewer } from '#lib/kernel/viewer.ts';
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

const chosen = (act: (viewer: Viewer, id: string) => Promise<void>) =>
	formAction('recordings:edit', Chosen, ({ recordingId }, { locals }) => act(locals.viewer, recordingId));

export const actions = {
	move: formAction('recordings:edit', Moved, ({ recordingId, to }, { locals }) =>
		recordings.move(locals.viewer, recordingId, to)
	),
	hide: chosen(recordings.hide),
	show: chosen(recordings.show),
	keepBoth: chosen(copies.keep),
	discard: formAction('recordings:edit', Discarded, ({ uploadId }, { locals }) =>
		resumable.discard(locals.viewer, uploadId)
	),
	retry: chosen(processing.retry),
	remove: formAction('recordings:edit', Chosen, async ({ recordingId }, { locals }) => {
		await recordings.remove(locals.viewer, recordingId);
		return { isRemoved: true };
	})
} satisfies Actions;
