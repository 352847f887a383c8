import { m } from '../i18n/compiled/messages.js';
import { getLocale } from '../i18n/compiled/runtime.js';
import { moment } from '../i18n/format.ts';
import type { Overview } from '../kernel/domain.ts';
import { may, permit, type Viewer } from '../kernel/viewer.ts';
import * as weddings from '../weddings/weddings.server.ts';
import * as reminders from './reminders.server.ts';

/** When the next one goes, and whether there is anybody to call. */
export async function look(viewer: Viewer): Promise<Overview> {
	permit(viewer, 'people:read');
	if (!may(viewer, 'reminders:edit')) return { tasks: [], lines: [] };
	const { calls, names } = await reminders.look(viewer);
	const waiting = calls.filter(({ calledAt }) => !calledAt).length;
	const next = (await reminders.list(viewer)).find(({ dueAt, isPast }) => dueAt && !isPast);
	const { timeZone } = await weddings.get(viewer);
	const time = next && moment(next.dueAt!, getLocale(), timeZone);
	const href = '/couple/reminders';
	return {
		tasks: waiting
			? [{ href: `${href}#calls`, title: m.task_calls({ count: waiting }), why: m.task_calls_why() }]
			: [],
		lines: time
			? [{ href, title: m.nav_reminders(), text: m.reminders_next({ time }), aside: names.length }]
			: []
	};
}
