import { m } from '../i18n/compiled/messages.js';
import { rows } from '../kernel/db/db.server.ts';
import type { Found } from '../kernel/domain.ts';
import { finder, foldWords, MOST_FOUND } from '../kernel/text/find.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import * as tags from './tags.server.ts';

/** Households by their names and those of their guests, and groups. */
export async function find(viewer: Viewer, words: string): Promise<Found[]> {
	permit(viewer, 'people:read');
	const found = await rows<{ id: string; name: string; guests: string }>('people-found', FIND, [
		viewer.weddingId,
		foldWords(words)
	]);
	const isFound = finder(words);
	const groups = (await tags.list(viewer)).filter(({ name }) => isFound(name));
	return [
		{
			title: m.nav_guests(),
			hits: found.map(({ id, name, guests }) => ({ href: `/couple/guests/${id}`, title: name, text: guests }))
		},
		{
			title: m.tags_title(),
			hits: groups.map(({ id, name, guests }) => ({
				...{ href: `/couple/guests?tag=${id}`, title: name, text: m.guests_count({ count: guests }) }
			}))
		}
	];
}

/** Those whose names begin with the first word first, for that is how people look for somebody. */
const FIND = `
	SELECT id, name, guests FROM (
		SELECT h.id, h.name, g.guests, fold(concat_ws(E'\\n', h.name, g.guests, g.emails)) AS text
		FROM household h JOIN (
			SELECT household_id, string_agg(name, ', ' ORDER BY position, id) AS guests,
				string_agg(email, E'\\n') AS emails
			FROM guest WHERE wedding_id = $1::uuid GROUP BY household_id
		) AS g ON g.household_id = h.id
		WHERE h.wedding_id = $1::uuid OFFSET 0
	) AS household
	WHERE NOT EXISTS (SELECT FROM unnest($2::text[]) AS word WHERE strpos(text, word) = 0)
	ORDER BY strpos(text, ($2::text[])[1]) > 1, fold(name), id LIMIT ${MOST_FOUND + 1}`;
