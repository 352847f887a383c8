import { readChoice, readPaper, writeChoice } from '#lib/cards/card.ts';
import * as cards from '#lib/cards/cards.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer }, url: { searchParams } }) => {
	const choice = readChoice(searchParams);
	return {
		cards: await cards.write(viewer, await cards.list(viewer, choice)),
		paper: readPaper(searchParams),
		asked: writeChoice(choice)
	};
};
