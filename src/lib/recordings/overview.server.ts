import { m } from '../i18n/compiled/messages.js';
import type { Overview } from '../kernel/domain.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import { all } from './recordings.server.ts';

/** How many there are, hidden ones too. */
export async function look(viewer: Viewer): Promise<Overview> {
	permit(viewer, 'recordings:edit');
	const { length } = await all(viewer);
	const href = '/couple/recordings';
	const task = { href, title: m.task_recordings(), why: m.task_recordings_why() };
	return { tasks: length ? [] : [task], lines: [{ href, title: m.nav_recordings(), aside: length }] };
}
