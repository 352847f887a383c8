import { m } from '../i18n/compiled/messages.js';
import type { Overview } from '../kernel/domain.ts';
import { may, permit, type Viewer } from '../kernel/viewer.ts';
import * as mailings from './mailings.server.ts';

/** What did not leave when it was to, and how many there are. */
export async function look(viewer: Viewer): Promise<Overview> {
	permit(viewer, 'people:read');
	if (!may(viewer, 'mail:send')) return { tasks: [], lines: [] };
	const all = await mailings.list(viewer);
	const count = (state: string) => all.filter((one) => one.state === state).length;
	const failed = all.filter(({ failure }) => failure);
	const scheduled = count('scheduled');
	const line = {
		...{
			href: '/couple/messages',
			title: m.nav_messages(),
			aside: m.mailing_overview_sent({ count: count('sent') })
		},
		text: scheduled ? m.mailing_overview_scheduled({ count: scheduled }) : undefined
	};
	return {
		tasks: failed.map(({ id }) => ({
			...{ href: `/couple/messages/${id}`, title: m.task_mailing(), why: m.task_mailing_why() }
		})),
		lines: all.length ? [line] : []
	};
}
