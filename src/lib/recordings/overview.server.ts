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
	const [stored, room] = await Promise.all([all(viewer), quota.room(viewer)]);
	const { length } = stored;
	const size = (bytes: number) => figures.size(bytes, getLocale());
	const bytes = size(stored.reduce((sum, { bytes }) => sum + bytes, 0));
	const taken = room ? m.couple_part({ part: size(room.usedBytes), whole: size(room.quotaBytes) }) : bytes;
	const tasks = length ? [] : [{ href: HREF, title: m.task_recordings(), why: m.task_recordings_why() }];
	if (room?.isNearlyFull) {
		const why = m.task_room_why({ used: size(room.usedBytes), quota: size(room.quotaBytes) });
		tasks.push({ href: HREF, title: m.task_room(), why });
	}
	return {
		tasks,
		lines: [{ href: HREF, title: m.nav_recordings(), text: length ? taken : undefined, aside: length }]
	};
}
