import { inLanguage } from '../i18n/language.server.ts';
import type { Language } from '../i18n/languages.ts';
import { readIn } from '../i18n/words.ts';
import { rows } from '../kernel/db/db.server.ts';
import { shareOut, together } from '../kernel/db/together.server.ts';
import { render } from '../kernel/text/markdown.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import { IS_SHOWN, IS_SHOWN_TO_READER, reader, READERS, readers } from '../people/shown-to.server.ts';
import * as attached from '../pictures/attached.server.ts';
import { type Block, nameBlock, type ShownBlock } from './block.ts';

/** What a guest reads today; for the couple, who look at the guests' page, also what is for some groups only. */
export async function list(viewer: Viewer, language: string): Promise<ShownBlock[]> {
	permit(viewer, 'pages:read');
	const found = await listFor(viewer);
	const pictures = await attached.list(
		viewer,
		'block',
		found.map(({ id }) => id)
	);
	return found.map((block) => ({ ...show(block, language), pictures: pictures.get(block.id) ?? [] }));
}

const listFor = together(async (viewers: Viewer[]): Promise<Written[][]> => {
	const found = await rows<Written & { place: number }>(
		'blocks-shown',
		`SELECT place::int, id, kind, title, text
		FROM ${READERS} JOIN block ON wedding_id = wedding AND ${IS_SHOWN_TO_READER}
		ORDER BY place, position, id`,
		readers(viewers)
	);
	return shareOut(found, viewers.length);
});

/** Whether they have this part of the page. */
export async function isShown(viewer: Viewer, id: string): Promise<boolean> {
	permit(viewer, 'pages:read');
	const text = `SELECT 1 FROM block WHERE wedding_id = $1::uuid AND id = $4::uuid AND ${IS_SHOWN}`;
	return (await rows('block-shown', text, [...reader(viewer), id])).length > 0;
}

type Written = Pick<Block, 'id' | 'kind' | 'title' | 'text'>;

/** As guests would read it, in each of these languages. */
export function preview(viewer: Viewer, block: Omit<Written, 'id'>, languages: Language[]) {
	permit(viewer, 'pages:edit');
	return languages.map((language) => ({
		language,
		...inLanguage(language, () => show({ ...block, id: language }, language))
	}));
}

function show({ id, kind, title, text }: Written, language: string): ShownBlock {
	const name = nameBlock({ kind, title }, language);
	// a question stands below the heading of all of them
	const heading = kind === 'question' ? 3 : name ? 2 : 1;
	return { id, kind, title: name, html: render(readIn(text, language), heading), pictures: [] };
}
