import { rows } from '../kernel/db/db.server.ts';
import { may, permit, type Viewer } from '../kernel/viewer.ts';
import type { Known } from './bulk.ts';
import * as notes from './notes.server.ts';

/** So many at once are soon there and take little room. */
const PAGE = 500;

/** The ids of all households in the order of their names, a page at a time. */
export async function listIds(viewer: Viewer): Promise<string[][]> {
	permit(viewer, 'people:read');
	const found = await rows<{ id: string }>(
		'household-ids',
		`SELECT h.id FROM household h WHERE h.wedding_id = $1::uuid ORDER BY fold(h.name), h.name,
			(SELECT min(name || coalesce(lower(email), '')) FROM guest WHERE household_id = h.id), h.id`,
		[viewer.weddingId]
	);
	const ids = found.map(({ id }) => id);
	return Array.from({ length: Math.ceil(ids.length / PAGE) }, (_, at) =>
		ids.slice(at * PAGE, (at + 1) * PAGE)
	);
}

/** Those of a page as they can be typed, in its order; the note only for whoever may read it. */
export async function read(viewer: Viewer, ids: string[]): Promise<Known[]> {
	permit(viewer, 'people:read');
	const mayEdit = may(viewer, 'people:edit');
	type Row = Omit<Known, 'note'> & { noteSealed: Uint8Array | null };
	const found = await rows<Row>('household-page', READ, [viewer.weddingId, ids, mayEdit]);
	return found.map(({ noteSealed, ...known }) => ({
		...known,
		note: notes.open(known.id, noteSealed) ?? ''
	}));
}

const READ = `
	SELECT h.id, h.name, h.language, h.address, h.phone, h.plus_ones AS "plusOnes",
		CASE WHEN $3::boolean THEN h.note_sealed END AS "noteSealed",
		coalesce((
			SELECT json_agg(json_build_object('id', g.id, 'name', g.name, 'email', g.email, 'isChild', g.is_child,
				'position', g.position) ORDER BY g.position, g.id) FROM guest g WHERE g.household_id = h.id
		), '[]') AS guests,
		ARRAY(SELECT t.name FROM household_tag o JOIN tag t ON t.id = o.tag_id
			WHERE o.household_id = h.id ORDER BY fold(t.name)) AS tags
	FROM unnest($2::uuid[]) WITH ORDINALITY AS page (id, place) JOIN household h ON h.id = page.id
	WHERE h.wedding_id = $1::uuid ORDER BY page.place`;
