import { m } from '../i18n/compiled/messages.js';
import { getLocale } from '../i18n/compiled/runtime.js';
import type { Found } from '../kernel/domain.ts';
import { finder } from '../kernel/text/find.ts';
import { may, permit, type Viewer } from '../kernel/viewer.ts';
import { nameLine } from './block.ts';
import * as blocks from './blocks.server.ts';

/** The parts of the front page, by their titles and what they say, in any language. */
export async function find(viewer: Viewer, words: string): Promise<Found[]> {
	permit(viewer, 'pages:read');
	if (!may(viewer, 'pages:edit')) return [];
	const isFound = finder(words);
	const hits = (await blocks.list(viewer))
		.map((block) => ({ ...block, name: nameLine(block, getLocale()) }))
		.filter(({ name, title, text }) => isFound(name, ...Object.values(title), ...Object.values(text)))
		.map(({ id, name }) => ({ href: `/couple/page/${id}`, title: name }));
	return [{ title: m.nav_page(), hits }];
}
