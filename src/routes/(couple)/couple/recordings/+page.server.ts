import { formAction } from '#lib/kernel/forms/form.server.ts';
import * as removals from '#lib/removals/removals.server.ts';
import { restoreAction } from '#lib/removals/restore-action.server.ts';
import * as tags from '#lib/people/tags.server.ts';
import * as copies from '#lib/recordings/copies.server.ts';
import * as moments from '#lib/recordings/moments.server.ts';
import * as processing from '#lib/recordings/processing.server.ts';
import { recordingAction } from '#lib/recordings/recording-action.server.ts';
import * as forms from '#lib/recordings/recording.schema.ts';
import * as recordings from '#lib/recordings/recordings.server.ts';
import * as removed from '#lib/recordings/removed.server.ts';
import * as resumable from '#lib/recordings/resumable.server.ts';
import * as scores from '#lib/recordings/scores.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer }, url: { searchParams } }) => {
	const found = await moments.list(viewer);
	const all = found.flatMap((moment) => moment.recordings);
	return {
		...{ moments: found, tags: await tags.list(viewer) },
		removed: await removals.find(viewer.weddingId, searchParams.get('removed'), 'recording'),
		...{ averages: await scores.averages(viewer), ...(await resumable.facts(viewer)) },
		saved: all.find(({ id }) => id === searchParams.get('saved'))?.title
	};
};

export const actions = {
	move: recordingAction(forms.Moved, recordings.move),
	moveMoment: recordingAction(forms.MomentMoved, moments.move),
	renameMoment: recordingAction(forms.MomentNamed, moments.rename),
	hide: recordingAction(forms.ChosenAsSeen, recordings.hide),
	show: recordingAction(forms.ChosenAsSeen, recordings.show),
	keepBoth: recordingAction(forms.Chosen, copies.keep),
	retry: recordingAction(forms.Chosen, processing.retry),
	remove: recordingAction(forms.ChosenAsSeen, recordings.remove),
	restore: restoreAction('recordings:edit', removed.restore),
	discard: formAction('recordings:edit', forms.Discarded, ({ uploadId }, { locals }) =>
		resumable.discard(locals.viewer, uploadId)
	)
} satisfies Actions;
