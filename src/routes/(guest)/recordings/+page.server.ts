import * as programme from '#lib/recordings/programme.server.ts';
import { search } from '#lib/recordings/search.server.ts';
import * as scores from '#lib/recordings/scores.server.ts';
import { asOrder, sort } from '#lib/recordings/sorting.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, language }, url: { searchParams } }) => {
	const words = (searchParams.get('q') ?? '').trim().slice(0, 100);
	const [averages, passages, all] = await Promise.all([
		scores.seen(viewer),
		search(viewer, words),
		programme.list(viewer)
	]);
	const order = asOrder(searchParams.get('order'), averages);
	const found = all.filter(({ id }) => !passages || passages.has(id));
	const recordings = sort(found, order, { averages, language });
	return { recordings, averages, order, words: passages ? words : '', passages, isEmpty: !all.length };
};
