import { m } from '../i18n/compiled/messages.js';
import { getLocale } from '../i18n/compiled/runtime.js';
import { longDay } from '../i18n/format.ts';
import { clock } from '../kernel/clock.ts';
import type { Overview } from '../kernel/domain.ts';
import { may, permit, type Viewer } from '../kernel/viewer.ts';
import { countDays, sayCountdown } from './countdown.ts';
import { get } from './weddings.server.ts';

/** What the couple has not said of the wedding yet. */
export async function look(viewer: Viewer): Promise<Overview> {
	permit(viewer, 'wedding:read');
	const wedding = await get(viewer);
	const { names, heldOn, place } = wedding;
	const language = getLocale();
	const days = heldOn && countDays(wedding, heldOn, clock.now());
	const lines =
		days === null
			? []
			: [
					{
						...{ href: '/', title: m.couple_day(), text: longDay(heldOn!, language) },
						aside: sayCountdown(days, language)
					}
				];
	const href = '/couple/settings';
	if (!may(viewer, 'wedding:edit') || (names && heldOn && place)) return { tasks: [], lines };
	const task = names
		? { href, title: m.task_details(), why: m.task_details_why() }
		: { href, title: m.task_names(), why: m.task_names_why() };
	return { tasks: [task], lines };
}
