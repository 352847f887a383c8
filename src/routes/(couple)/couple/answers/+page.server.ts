import { count } from '#lib/rsvp/answers.ts';
import * as answers from '#lib/rsvp/answers.server.ts';
import * as events from '#lib/rsvp/events.server.ts';
import * as questionAnswers from '#lib/rsvp/question-answers.server.ts';
import { filter, pack, readWanted, sort, spread } from '#lib/rsvp/lines.ts';
import * as lines from '#lib/rsvp/lines.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({
	locals: { viewer, wedding },
	url: { searchParams },
	depends
}) => {
	depends('live:answers');
	// before the rest: what changes meanwhile is heard of
	const version = await lines.version(viewer);
	const programme = await events.list(viewer);
	const eventIds = programme.map(({ id }) => id);
	const all = await lines.list(viewer, eventIds);
	const asked = spread(all, eventIds);
	const wanted = readWanted(searchParams);
	return {
		events: programme.map(({ id, name, meals }) => ({ id, name, meals, count: count({ id, meals }, asked) })),
		diets: await answers.listDiets(viewer),
		questions: await questionAnswers.list(viewer),
		days: await lines.listDays(viewer, wedding.timeZone),
		found: pack(sort(filter(all, wanted, eventIds), wanted, eventIds)),
		wanted,
		version
	};
};
