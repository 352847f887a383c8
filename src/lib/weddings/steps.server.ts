import { m } from '../i18n/compiled/messages.js';
import type { Step } from '../kernel/domain.ts';
import { may, permit, type Viewer } from '../kernel/viewer.ts';
import { get } from './weddings.server.ts';

/** Who marries, when and where. */
export async function list(viewer: Viewer): Promise<Step[]> {
	permit(viewer, 'wedding:read');
	if (!may(viewer, 'wedding:edit')) return [];
	const { names, heldOn, place } = await get(viewer);
	const isDone = !!(names && heldOn && place);
	return [{ place: 1, href: '/couple/settings', title: m.task_names(), why: m.task_names_why(), isDone }];
}
