import { m } from '../i18n/compiled/messages.js';
import { getLocale } from '../i18n/compiled/runtime.js';
import { isolated } from '../i18n/isolated.ts';
import { readIn } from '../i18n/words.ts';
import type { Overview } from '../kernel/domain.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import { enumerate } from '../people/guest.ts';
import * as freed from './freed.server.ts';
import * as plans from './plans.server.ts';

/** Of each event that has a plan how many sit, and whose seats are free again. */
export async function look(viewer: Viewer): Promise<Overview> {
	permit(viewer, 'tables:read');
	const events = await plans.list(viewer);
	const tasks: Overview['tasks'] = [];
	const lines: Overview['lines'] = [];
	for (const { name, coming, plans: own } of events) {
		const plan = own.find(({ isChosen }) => isChosen);
		if (!plan) continue;
		const href = `/couple/tables/${plan.id}`;
		const event = readIn(name, getLocale());
		lines.push({ href, title: m.tables_line({ event }), aside: `${plan.seated}/${coming}` });
		const left = await freed.list(viewer, plan.id);
		const names = enumerate(
			left.map((one) => isolated(one.name)),
			getLocale()
		);
		if (left.length)
			tasks.push({ href, title: m.freed_task({ count: left.length, event }), why: m.freed_why({ names }) });
	}
	return { tasks, lines };
}
