import { m } from '../i18n/compiled/messages.js';
import type { Overview } from '../kernel/domain.ts';
import { may, permit, type Viewer } from '../kernel/viewer.ts';
import * as voices from './voices.server.ts';

const HREF = '/couple/guestbook';

/** What the couple has not heard yet; nothing for who helps. */
export async function look(viewer: Viewer): Promise<Overview> {
	permit(viewer, 'people:read');
	if (!may(viewer, 'guestbook:edit')) return { tasks: [], lines: [] };
	const all = await voices.list(viewer);
	const count = all.filter(({ isKept }) => !isKept).length;
	const tasks = count ? [{ href: HREF, title: m.task_voices({ count }), why: m.task_voices_why() }] : [];
	const lines = all.length ? [{ href: HREF, title: m.nav_guestbook(), aside: all.length }] : [];
	return { tasks, lines };
}
