import { m } from '../i18n/compiled/messages.js';
import type { Found } from '../kernel/domain.ts';
import { finder } from '../kernel/text/find.ts';
import { may, permit, type Viewer } from '../kernel/viewer.ts';
import * as members from './members.server.ts';

/** Who helps. */
export async function find(viewer: Viewer, words: string): Promise<Found[]> {
	permit(viewer, 'members:be');
	if (!may(viewer, 'members:edit')) return [];
	const isFound = finder(words);
	const hits = (await members.list(viewer))
		.filter(({ name, email }) => isFound(name, email))
		.map(({ name, email }) => ({ href: '/couple/settings/people', title: name || email, text: email }));
	return [{ title: m.members_title(), hits }];
}
