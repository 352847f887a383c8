import { m } from '../i18n/compiled/messages.js';
import { getLocale } from '../i18n/compiled/runtime.js';
import type { Overview } from '../kernel/domain.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import * as figures from './figures.ts';
import * as quota from './quota.server.ts';
import { all } from './recordings.server.ts';

const HREF = '/couple/recordings';

/** How many there are, hidden ones too, and whether there is room for more. */
export async function look(viewer: Viewer): Promise<Overview> {
	permit(viewer, 'recordings:edit');
	const [{ length }, room] = await Promise.all([all(viewer), quota.room(viewer)]);
	const tasks = length ? [] : [{ href: HREF, title: m.task_recordings(), why: m.task_recordings_why() }];
	if (room?.isNearlyFull) {
		const size = (bytes: number) => figures.size(bytes, getLocale());
		const why = m.task_room_why({ used: size(room.usedBytes), quota: size(room.quotaBytes) });
		tasks.push({ href: HREF, title: m.task_room(), why });
	}
	return { tasks, lines: [{ href: HREF, title: m.nav_recordings(), aside: length }] };
}
