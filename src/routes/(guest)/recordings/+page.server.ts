import * as programme from '#lib/recordings/programme.server.ts';
import * as scores from '#lib/recordings/scores.server.ts';
import { asOrder, sort } from '#lib/recordings/sorting.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, language }, url: { searchParams } }) => {
	const averages = viewer.role === 'guest' ? null : await scores.averages(viewer);
	const order = asOrder(searchParams.get('order'), averages);
	const recordings = sort(await programme.list(viewer), order, { averages, language });
	return { recordings, averages, order };
};
