import { m } from '../i18n/compiled/messages.js';
import { inLanguage } from '../i18n/language.server.ts';
import { drawCode } from '../kernel/media/code.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import * as households from '../people/households.server.ts';
import * as weddings from '../weddings/weddings.server.ts';

/** What the sign for the tables says: in the wedding's language first, then in those of its other guests. */
export async function draw(viewer: Viewer) {
	permit(viewer, 'guestbook:edit');
	const wedding = await weddings.get(viewer);
	const spoken = (await households.list(viewer)).map(({ language }) => language);
	const lines = [...new Set([wedding.language, ...spoken])].map((language) =>
		inLanguage(language, () => ({ language, call: m.sign_call(), scan: m.sign_scan() }))
	);
	const address = `${weddings.originOf(wedding)}/guestbook`;
	return { lines, address: address.replace(/^https?:\/\//, ''), code: drawCode(address) };
}
