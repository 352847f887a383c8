import { m } from '#lib/i18n/compiled/messages.js';
import { all, type Found } from '#lib/kernel/domain.ts';
import { finder, foldWords, MOST_FOUND } from '#lib/kernel/text/find.ts';
import { may, permit, type Viewer } from '#lib/kernel/viewer.ts';
import { links } from './navigation.ts';

export type Findings = Found & { isCut: boolean };

/** What the couple's pages have with these words in it, of all domains; where one can go, without any. */
export async function find(viewer: Viewer, typed: string): Promise<Findings[]> {
	permit(viewer, 'people:read');
	// which Postgres does not take in any text
	const words = typed.replaceAll('\0', '').slice(0, 200);
	const places = { title: m.find_places(), hits: await findPlaces(viewer, words) };
	const parts = foldWords(words).length ? all().map(({ finds }) => finds?.(viewer, words)) : [];
	const found = [places, ...(await Promise.all(parts)).flatMap((part) => part ?? [])];
	return found
		.filter(({ hits }) => hits.length)
		.map(({ title, hits }) => ({ title, hits: hits.slice(0, MOST_FOUND), isCut: hits.length > MOST_FOUND }));
}

/** The places of the navigation, and what can be begun. */
async function findPlaces(viewer: Viewer, words: string) {
	const isFound = finder(words);
	const actions = all()
		.flatMap(({ actions }) => actions ?? [])
		.filter(({ right }) => may(viewer, right))
		.map(({ href, label }) => ({ href, label: label(), group: undefined }));
	return [...(await links(viewer, 'couple')), ...actions]
		.filter(({ label, group = '' }) => isFound(label, group))
		.map(({ href, label, group }) => ({ href, title: label, text: group }));
}
