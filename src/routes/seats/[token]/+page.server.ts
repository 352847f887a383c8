import { readIn } from '#lib/i18n/words.ts';
import * as finders from '#lib/tables/finders.server.ts';
import type { PageServerLoad } from './$types';

/** Nothing but the seats of those whose names were typed. */
export const load: PageServerLoad = async ({ params, locals, url: { searchParams }, setHeaders }) => {
	setHeaders({ 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex' });
	const { viewer, eventId, event } = await finders.open(locals.viewer, params.token);
	const words = (searchParams.get('q') ?? '').trim();
	const { found, areMore } = await finders.find(viewer, eventId, words);
	const isSure = found.length === 1 && searchParams.has('go');
	const chosen = isSure ? found[0] : found.find(({ id }) => id === searchParams.get('seat'));
	return {
		...{ event: readIn(event, locals.language), home: `/seats/${params.token}` },
		...{ words, found, areMore, chosen },
		sketch: chosen ? await finders.look(viewer, eventId, chosen) : null
	};
};
