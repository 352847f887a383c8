import { count, filter } from '#lib/rsvp/answers.ts';
import * as answers from '#lib/rsvp/answers.server.ts';
import * as events from '#lib/rsvp/events.server.ts';
import * as questionAnswers from '#lib/rsvp/question-answers.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer }, url: { searchParams } }) => {
	const all = await answers.list(viewer);
	const [event, said, words] = ['event', 'said', 'q'].map((name) => searchParams.get(name) ?? '');
	const wanted = { event: event!, said: said!, words: words! };
	return {
		events: (await events.list(viewer)).map((one) => ({ ...one, count: count(one, all) })),
		diets: await answers.listDiets(viewer),
		questions: await questionAnswers.list(viewer),
		found: filter(all, wanted),
		wanted
	};
};
