import { rows } from '../kernel/db/db.server.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';

/** Ids of the guests whose address the newest mail did not reach, surely and not maybe, or to which none goes any more. */
export async function list(viewer: Viewer): Promise<string[]> {
	permit(viewer, 'people:read');
	const found = await rows<{ id: string }>(
		'guests-undelivered',
		`SELECT g.id FROM delivery d JOIN message m ON m.id = d.message_id
			JOIN guest g ON g.household_id = m.household_id AND lower(g.email) = lower(d.address)
		WHERE d.wedding_id = $1::uuid AND d.state IN ('failed', 'bounced', 'complained')
			AND NOT EXISTS (SELECT FROM message newer JOIN delivery n ON n.message_id = newer.id
				WHERE newer.household_id = m.household_id AND lower(n.address) = lower(d.address) AND n.state <> 'skipped'
				AND (newer.created_at, n.id) > (m.created_at, d.id))
		UNION
		SELECT g.id FROM suppression s JOIN guest g ON g.wedding_id = s.wedding_id AND lower(g.email) = s.address
		WHERE s.wedding_id = $1::uuid AND s.category = 'all' AND s.lifted_at IS NULL`,
		[viewer.weddingId]
	);
	return found.map(({ id }) => id);
}
