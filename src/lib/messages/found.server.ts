import { m } from '../i18n/compiled/messages.js';
import { getLocale } from '../i18n/compiled/runtime.js';
import type { Found } from '../kernel/domain.ts';
import { finder } from '../kernel/text/find.ts';
import { may, permit, type Viewer } from '../kernel/viewer.ts';
import { nameIn } from './mailing.ts';
import * as mailings from './mailings.server.ts';

/** Messages by their subject, in any language. */
export async function find(viewer: Viewer, words: string): Promise<Found[]> {
	permit(viewer, 'people:read');
	if (!may(viewer, 'mail:send')) return [];
	const isFound = finder(words);
	const hits = (await mailings.list(viewer))
		.map((mailing) => ({ ...mailing, title: nameIn(mailing, getLocale()) }))
		.filter(({ title, subject }) => isFound(title, ...Object.values(subject)))
		.map(({ id, title }) => ({ href: `/couple/messages/${id}`, title }));
	return [{ title: m.nav_messages(), hits }];
}
