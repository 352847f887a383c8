import { find } from '../../../../app/find.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer }, url }) => {
	const words = url.searchParams.get('q') ?? '';
	return { words, found: await find(viewer, words) };
};
