import { m } from '../i18n/compiled/messages.js';
import type { Found } from '../kernel/domain.ts';
import { finder } from '../kernel/text/find.ts';
import { may, permit, type Viewer } from '../kernel/viewer.ts';
import * as voices from './voices.server.ts';

/** What guests said, by who said it. */
export async function find(viewer: Viewer, words: string): Promise<Found[]> {
	permit(viewer, 'people:read');
	if (!may(viewer, 'guestbook:edit')) return [];
	const isFound = finder(words);
	const hits = (await voices.list(viewer))
		.filter(({ speaker, household }) => isFound(speaker, household))
		.map(({ speaker, household }) => ({
			...{ href: '/couple/guestbook', title: speaker, text: household }
		}));
	return [{ title: m.nav_guestbook(), hits }];
}
