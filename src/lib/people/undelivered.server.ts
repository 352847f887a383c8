import { rows } from '../kernel/db/db.server.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';

/** Ids of the guests whose address the newest mail did not reach, surely and not maybe. */
export async function list(viewer: Viewer): Promise<string[]> {
	permit(viewer, 'people:read');
	const found = await rows<{ id: string }>(
		'guests-undelivered',
		`SELECT g.id FROM mail m JOIN guest g ON g.household_id = m.household_id AND lower(g.email) = lower(m.address)
		WHERE m.wedding_id = $1::uuid AND m.state = 'undeliverable' AND coalesce(m.reason, '') NOT IN ('not_wanted', 'restored')
			AND NOT EXISTS (SELECT FROM mail n WHERE n.household_id = m.household_id
				AND lower(n.address) = lower(m.address) AND n.reason IS DISTINCT FROM 'not_wanted'
				AND (n.created_at, n.id) > (m.created_at, m.id))`,
		[viewer.weddingId]
	);
	return found.map(({ id }) => id);
}
