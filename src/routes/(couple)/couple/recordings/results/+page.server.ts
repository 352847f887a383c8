import { formAction } from '#lib/kernel/forms/form.server.ts';
import { may } from '#lib/kernel/viewer.ts';
import { ResultsForm } from '#lib/recordings/recording.schema.ts';
import * as results from '#lib/recordings/results.server.ts';
import * as scores from '#lib/recordings/scores.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer } }) => ({
	ranking: await results.ranking(viewer),
	guests: (await scores.averages(viewer)).guests,
	settings: may(viewer, 'recordings:settings') ? await results.settings(viewer) : null
});

export const actions = {
	default: formAction('recordings:settings', ResultsForm, async (given, { locals }) => {
		await results.choose(locals.viewer, given);
		return true;
	})
} satisfies Actions;
