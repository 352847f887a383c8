import { m } from '../i18n/compiled/messages.js';
import type { Overview } from '../kernel/domain.ts';
import { may, permit, type Viewer } from '../kernel/viewer.ts';
import { get } from './weddings.server.ts';

/** What the couple has not said of the wedding yet. */
export async function look(viewer: Viewer): Promise<Overview> {
	permit(viewer, 'wedding:read');
	const { names, heldOn, place } = await get(viewer);
	const href = '/couple/settings';
	if (!may(viewer, 'wedding:edit') || (names && heldOn && place)) return { tasks: [], lines: [] };
	const task = names
		? { href, title: m.task_details(), why: m.task_details_why() }
		: { href, title: m.task_names(), why: m.task_names_why() };
	return { tasks: [task], lines: [] };
}
