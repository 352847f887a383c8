import * as tags from '../people/tags.server.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import { count } from './answers.ts';
import * as answers from './answers.server.ts';
import * as events from './events.server.ts';
import { filter, pack, readWanted, sort, spread } from './lines.ts';
import * as lines from './lines.server.ts';
import * as questionAnswers from './question-answers.server.ts';

/** The couple's page of answers: how each event stands, and the table as its address wants it. */
export async function read(viewer: Viewer, address: URLSearchParams, timeZone: string) {
	permit(viewer, 'answers:read');
	// before the rest: what changes meanwhile is heard of
	const version = await lines.version(viewer);
	const programme = await events.list(viewer);
	const eventIds = programme.map(({ id }) => id);
	const all = await lines.list(viewer, eventIds);
	const asked = spread(all, eventIds);
	const wanted = readWanted(address);
	return {
		events: programme.map(({ id, name, meals }) => ({ id, name, meals, count: count({ id, meals }, asked) })),
		tags: await tags.list(viewer),
		diets: await answers.listDiets(viewer),
		questions: await questionAnswers.list(viewer),
		days: await lines.listDays(viewer, timeZone),
		found: pack(sort(filter(all, wanted, eventIds), wanted, eventIds)),
		...{ wanted, version }
	};
}
