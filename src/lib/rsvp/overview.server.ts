import { m } from '../i18n/compiled/messages.js';
import { getLocale } from '../i18n/compiled/runtime.js';
import { moment } from '../i18n/format.ts';
import type { Overview } from '../kernel/domain.ts';
import { may, permit, type Viewer } from '../kernel/viewer.ts';
import * as weddings from '../weddings/weddings.server.ts';
import { type Asked, countGuests, countSilent } from './answers.ts';
import * as answers from './answers.server.ts';
import * as deadlines from './deadlines.server.ts';
import * as events from './events.server.ts';

/** Whether guests know when to be where, and of how many somebody has not answered. */
export async function look(viewer: Viewer): Promise<Overview> {
	permit(viewer, 'events:list');
	const count = (await events.list(viewer)).length;
	if (count === 0) return { tasks: may(viewer, 'events:edit') ? [task()] : [], lines: [] };
	const line = { href: '/couple/events', title: m.nav_events(), aside: count };
	if (!may(viewer, 'answers:read')) return { tasks: [], lines: [line] };
	const asked = await answers.list(viewer);
	return {
		tasks: [],
		lines: [line, await findSilent(viewer, asked)],
		bars: asked.length ? [bar(asked)] : []
	};
}

function task() {
	return { href: '/couple/events/new', title: m.task_events(), why: m.task_events_why() };
}

/** Who comes to something, comes to nothing, or has not said so yet. */
function bar(asked: Asked[]): NonNullable<Overview['bars']>[number] {
	const { coming, silent, away } = countGuests(asked);
	return {
		...{ href: '/couple/answers', title: m.nav_answers() },
		parts: [
			{ label: m.couple_coming(), count: coming, tone: 'full' },
			{ label: m.couple_away(), count: away, tone: 'half' },
			{ label: m.couple_silent(), count: silent, tone: 'rest' }
		]
	};
}

async function findSilent(viewer: Viewer, asked: Asked[]) {
	const count = countSilent(asked);
	const { answersUntil } = await deadlines.get(viewer);
	const { timeZone } = await weddings.get(viewer);
	const text = answersUntil
		? m.answers_until({ time: moment(answersUntil, getLocale(), timeZone) })
		: m.answers_always();
	return { href: '/couple/answers?said=silent#guests', title: m.answers_silent(), text, aside: count };
}
