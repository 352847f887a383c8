import * as trail from '../audit/trail.server.ts';
import { m } from '../i18n/compiled/messages.js';
import type { Step } from '../kernel/domain.ts';
import { may, permit, type Viewer } from '../kernel/viewer.ts';
import * as households from '../people/households.server.ts';
import { summarise } from '../people/household.ts';
import * as mailings from './mailings.server.ts';

/** The invitation: in the couple's own words, to themselves first, and then to the guests. */
export async function list(viewer: Viewer): Promise<Step[]> {
	permit(viewer, 'people:read');
	if (!may(viewer, 'mail:send')) return [];
	const own = (await mailings.list(viewer)).find(({ kind }) => kind === 'invitation');
	const { invited, opened, cardGiven } = summarise(await households.list(viewer));
	const href = own ? `/couple/messages/${own.id}` : '/couple/messages';
	const isTried = !!own && (await trail.list(viewer, 'mailing.tested', own.id)).length > 0;
	const uninvited = '/couple/guests?only=uninvited';
	return [
		{
			...{ place: 6, href, title: m.step_write(), why: m.step_write_why() },
			...{ isDone: !!own, isOptional: true }
		},
		{
			...{ place: 7, href: own ? `${href}/preview` : href, title: m.step_test(), why: m.step_test_why() },
			...{ isDone: isTried, isOptional: true }
		},
		{
			...{ place: 8, href: own ? `${href}/send` : uninvited, title: m.step_send(), why: m.step_send_why() },
			...{ isDone: invited + opened + cardGiven > 0, covers: uninvited }
		}
	];
}
