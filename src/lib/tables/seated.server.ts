import { rows } from '../kernel/db/db.server.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';

/** Where a guest sits at an event. */
export type Seated = { guestId: string; eventId: string; table: number; name: string; seat: number };

const SEATED = `
	SELECT s.guest_id AS "guestId", p.event_id AS "eventId", t.number AS table, t.name, s.number AS seat
	FROM plan p JOIN seating_table t ON t.plan_id = p.id JOIN seat s ON s.table_id = t.id
	WHERE p.wedding_id = $1::uuid AND p.is_chosen AND p.removed_at IS NULL`;

/** Everybody's seat by the plans that the couple has chosen, one of each event. */
export function list(viewer: Viewer): Promise<Seated[]> {
	permit(viewer, 'tables:seated');
	return rows<Seated>('seated-list', SEATED, [viewer.weddingId]);
}
