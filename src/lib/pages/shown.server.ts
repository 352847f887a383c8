import { inLanguage } from '../i18n/language.server.ts';
import type { Language } from '../i18n/languages.ts';
import { readIn } from '../i18n/words.ts';
import { rows } from '../kernel/db/db.server.ts';
import { render } from '../kernel/text/markdown.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import { type Block, nameBlock, type ShownBlock } from './block.ts';

/** What a guest reads today; for the couple, who look at the guests' page, also what is for some groups only. */
export async function list(viewer: Viewer, language: string): Promise<ShownBlock[]> {
	permit(viewer, 'pages:read');
	const { weddingId, householdId = null, role } = viewer;
	const found = await rows<Written>(
		'blocks-shown',
		`SELECT b.id, b.kind, b.title, b.text FROM block b JOIN wedding w ON w.id = b.wedding_id
		WHERE b.wedding_id = $1::uuid AND NOT b.is_hidden
			AND coalesce(b.visible_on <= (now() AT TIME ZONE w.time_zone)::date, true)
			AND ($2 OR b.only_for = '{}' OR EXISTS (
				SELECT FROM household_tag WHERE household_id = $3::uuid AND tag_id = ANY (b.only_for)
			))
		ORDER BY b.position, b.id`,
		[weddingId, role !== 'guest', householdId]
	);
	return found.map((block) => show(block, language));
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
	return { id, kind, title: name, html: render(readIn(text, language), heading) };
}
