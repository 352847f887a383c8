import { m } from '../i18n/compiled/messages.js';
import type { Overview } from '../kernel/domain.ts';
import { may, permit, type Viewer } from '../kernel/viewer.ts';
import { isUnderWay, type Run } from './run.ts';
import * as runs from './runs.server.ts';

/** Runs that are under way, and those that the couple is asked about. */
export async function look(viewer: Viewer): Promise<Overview> {
	permit(viewer, 'wedding:read');
	if (!may(viewer, 'mail:send')) return { tasks: [], lines: [] };
	const found = (await runs.list(viewer)).filter(isUnderWay);
	return {
		tasks: found.filter(({ counts }) => counts.unsure > 0).map(task),
		lines: found.filter(({ counts, state }) => counts.waiting > 0 && state !== 'stopped').map(line)
	};
}

const href = ({ id }: Run) => `/couple/messages/runs/${id}`;

function task(run: Run) {
	const title = m.task_run_unsure({ count: run.counts.unsure });
	return { href: href(run), title, why: m.task_run_unsure_why() };
}

function line(run: Run) {
	const { title, state, counts } = run;
	return {
		href: href(run),
		title: state === 'paused' ? m.run_line_paused({ title }) : m.run_line({ title }),
		aside: m.couple_part({ part: counts.sent, whole: counts.total })
	};
}
