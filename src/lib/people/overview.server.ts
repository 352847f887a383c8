import { m } from '../i18n/compiled/messages.js';
import type { Overview } from '../kernel/domain.ts';
import { may, permit, type Viewer } from '../kernel/viewer.ts';
import { findLost, type Lost, summarise, type Summary } from './household.ts';
import { tellLost } from './lost.ts';
import { list } from './households.server.ts';

/** Who is on the list, who has been in, and what is left to do for the others. */
export async function look(viewer: Viewer): Promise<Overview> {
	permit(viewer, 'people:read');
	const all = await list(viewer);
	const found = summarise(all);
	const lost = all.flatMap(findLost);
	return { tasks: may(viewer, 'people:edit') ? tasks(found, lost) : [], lines: lines(found) };
}

function tasks(found: Summary, lost: Lost[]): Overview['tasks'] {
	const { households, undeliverable, unsure, uninvited, cardDue } = found;
	const only = (kind: string, count: number, title: string, why: string) =>
		count > 0 ? [{ href: `/couple/guests?only=${kind}`, title, why }] : [];
	if (households === 0) return [{ href: '/couple/guests', title: m.task_guests(), why: m.task_guests_why() }];
	return [
		...only(
			'undeliverable',
			undeliverable,
			lost.length === 1 ? tellLost(lost[0]!) : m.task_undeliverable({ count: undeliverable }),
			lost.length === 1 ? m.address_correct_why() : m.task_undeliverable_why()
		),
		...only('unsure', unsure, m.task_unsure({ count: unsure }), m.task_unsure_why()),
		...only('uninvited', uninvited, m.task_invite({ count: uninvited }), m.task_invite_why()),
		...(cardDue > 0
			? [
					{
						href: '/couple/cards?email=without',
						title: m.task_cards({ count: cardDue }),
						why: m.task_cards_why()
					}
				]
			: [])
	];
}

function lines({
	households,
	guests,
	opened,
	invited,
	cardGiven,
	undeliverable
}: Summary): Overview['lines'] {
	const title = m.nav_guests();
	const href = '/couple/guests';
	if (households === 0) return [{ href, title, aside: guests }];
	const part = (count: number) => m.couple_part({ part: count, whole: households });
	const lost = { href: `${href}?only=undeliverable`, title: m.couple_undeliverable(), aside: undeliverable };
	return [
		{ href, title, text: m.guests_households({ count: households }), aside: guests },
		{ href: `${href}?only=invited`, title: m.couple_invited(), aside: part(invited + opened + cardGiven) },
		{ href: `${href}?only=opened`, title: m.couple_opened(), aside: part(opened) },
		...(undeliverable ? [lost] : [])
	];
}
