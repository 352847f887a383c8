import { db, rows, type Tx } from '../kernel/db/db.server.ts';
import { may, permit, type Viewer } from '../kernel/viewer.ts';
import { sortByName } from '../i18n/order.ts';
import type { Plan } from './plan.ts';
import type { Placed } from './seating.ts';

const PLACED = `
	SELECT g.id AS "guestId", g.name, g.is_child AS "isChild", h.id AS "householdId", h.name AS household,
		r.state::text AS said, s.table_id AS "tableId", s.number, coalesce(s.is_locked, false) AS "isLocked",
		coalesce(n.high_chair, false) AS "highChair", coalesce(n.wheelchair, false) AS wheelchair,
		$4 AND d.guest_id IS NOT NULL AS "hasDiet"
	FROM invitation i JOIN guest g ON g.id = i.guest_id JOIN household h ON h.id = g.household_id
	LEFT JOIN reply r ON r.event_id = i.event_id AND r.guest_id = i.guest_id
	LEFT JOIN seat s ON s.plan_id = $2::uuid AND s.guest_id = i.guest_id
	LEFT JOIN seating_need n ON n.guest_id = i.guest_id LEFT JOIN diet d ON d.guest_id = i.guest_id
	WHERE i.wedding_id = $1::uuid AND i.event_id = $3::uuid AND (r.state IS NULL OR r.state = 'yes')
	ORDER BY h.name, h.id, g.position, g.id`;

/** Everybody who comes to a plan's event or has not said, household by household, and where they sit. */
export async function list(viewer: Viewer, { id, eventId }: Plan, tx: Tx = db): Promise<Placed[]> {
	permit(viewer, 'tables:read');
	const asked = [viewer.weddingId, id, eventId, may(viewer, 'answers:read')];
	const found = await rows<Placed>('seats-placed', PLACED, asked, tx);
	return sortByName(found, ({ household }) => household);
}
