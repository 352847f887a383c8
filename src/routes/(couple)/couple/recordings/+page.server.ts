import { formAction } from '#lib/kernel/forms/form.server.ts';
import type { z } from 'zod';
import type { Viewer } from '#lib/kernel/viewer.ts';
import * as copies from '#lib/recordings/copies.server.ts';
import { Chosen, ChosenAsSeen, Discarded, Moved } from '#lib/recordings/recording.schema.ts';
import * as processing from '#lib/recordings/processing.server.ts';
import * as recordings from '#lib/recordings/recordings.server.ts';
import * as resumable from '#lib/recordings/resumable.server.ts';
import * as scores from '#lib/recordings/scores.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer }, url: { searchParams } }) => {
	const all = await recordings.all(viewer);
	return {
		recordings: all,
		...{ averages: await scores.averages(viewer), ...(await resumable.facts(viewer)) },
		saved: all.find(({ id }) => id === searchParams.get('saved'))?.title,
		isRemoved: searchParams.has('removed')
	};
};

const chosen = <Schema extends typeof Chosen, Result>(
	schema: Schema,
	act: (viewer: Viewer, id: string, rest: Omit<z.output<Schema>, 'recordingId'>) => Promise<Result>
) =>
	formAction('recordings:edit', schema, ({ recordingId, ...rest }, { locals }) =>
		act(locals.viewer, recordingId, rest)
	);

export const actions = {
	move: chosen(Moved, recordings.move),
	hide: chosen(ChosenAsSeen, recordings.hide),
	show: chosen(ChosenAsSeen, recordings.show),
	keepBoth: chosen(Chosen, copies.keep),
	discard: formAction('recordings:edit', Discarded, ({ uploadId }, { locals }) =>
		resumable.discard(locals.viewer, uploadId)
	),
	retry: chosen(Chosen, processing.retry),
	remove: chosen(ChosenAsSeen, recordings.remove)
} satisfies Actions;
