import { summary } from '#lib/people/household.ts';
import * as households from '#lib/people/households.server.ts';
import * as recordings from '#lib/recordings/recordings.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, wedding } }) => {
	const [all, listed] = await Promise.all([households.list(viewer), recordings.all(viewer)]);
	return { summary: summary(all), recordings: listed.length, isNamed: !!wedding.names };
};
