import { m } from '../i18n/compiled/messages.js';
import type { Step } from '../kernel/domain.ts';
import { may, permit, type Viewer } from '../kernel/viewer.ts';
import * as deadlines from './deadlines.server.ts';
import * as events from './events.server.ts';

/** What happens when, and until when guests can say whether they come. */
export async function list(viewer: Viewer): Promise<Step[]> {
	permit(viewer, 'events:list');
	if (!may(viewer, 'events:edit')) return [];
	const { length } = await events.list(viewer);
	const { answersUntil } = await deadlines.get(viewer);
	const event = { href: '/couple/events/new', title: m.task_events(), why: m.task_events_why() };
	const deadline = { title: m.step_deadline(), why: m.step_deadline_why(), isDone: !!answersUntil };
	return [
		{ ...event, place: 2, isDone: length > 0 },
		// without an event there is nothing to answer, and no such form
		{ ...deadline, place: 4, href: length ? '/couple/events#deadline' : event.href, isOptional: true }
	];
}
