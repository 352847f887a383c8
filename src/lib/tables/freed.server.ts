import { db, rows, type Tx } from '../kernel/db/db.server.ts';
import type { News } from '../kernel/facts.server.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import { announce } from '../live/announce.server.ts';
import * as plans from './plans.server.ts';

export type Freed = { guestId: string; name: string; tableNumber: number };

/** Who does not come any more has no seat, in any plan of the event; who comes after all is not among those who left. */
export async function follow(weddingId: string, { changes }: News['replies.changed'], tx: Tx): Promise<void> {
	const left = changes.filter(({ state }) => state !== 'yes');
	const back = changes.filter(({ state }) => state === 'yes');
	const columns = (all: typeof changes) => [
		all.map(({ eventId }) => eventId),
		all.map(({ guestId }) => guestId)
	];
	if (left.length > 0) await rows('seats-freed', FREE, [weddingId, ...columns(left)], tx);
	if (back.length > 0) await rows('seats-back', BACK, [weddingId, ...columns(back)], tx);
	await announce(weddingId, 'seating', tx);
}

const FREE = `
	WITH gone AS (
		DELETE FROM seat s USING seating_table t, unnest($2::uuid[], $3::uuid[]) AS said (event_id, guest_id)
		WHERE s.wedding_id = $1::uuid AND s.event_id = said.event_id AND s.guest_id = said.guest_id
			AND t.id = s.table_id
		RETURNING s.plan_id, s.guest_id, s.wedding_id, t.number
	), told AS (
		INSERT INTO freed_seat (plan_id, guest_id, wedding_id, table_number)
		SELECT plan_id, guest_id, wedding_id, number FROM gone
		ON CONFLICT (plan_id, guest_id) DO UPDATE SET table_number = excluded.table_number, freed_at = excluded.freed_at
	)
	UPDATE plan SET version = version + 1 WHERE id IN (SELECT plan_id FROM gone)`;

const BACK = `
	DELETE FROM freed_seat f USING plan p, unnest($2::uuid[], $3::uuid[]) AS said (event_id, guest_id)
	WHERE f.wedding_id = $1::uuid AND p.id = f.plan_id AND p.event_id = said.event_id AND f.guest_id = said.guest_id`;

/** Whose seats are free again, which the couple has not read yet. */
export async function list(viewer: Viewer, planId: string): Promise<Freed[]> {
	permit(viewer, 'tables:read');
	const where = { planId, weddingId: viewer.weddingId };
	const orderBy = [{ freedAt: 'asc' as const }, { guestId: 'asc' as const }];
	const found = await db.freedSeat.findMany({ where, orderBy, include: { guest: true } });
	return found.map(({ guestId, guest, tableNumber }) => ({ guestId, name: guest.name, tableNumber }));
}

/** The couple has read it. */
export function dismiss(viewer: Viewer, planId: string): Promise<void> {
	permit(viewer, 'tables:edit');
	return plans.change(viewer, planId, 'seating.read', async (_, tx) => {
		await tx.freedSeat.deleteMany({ where: { planId, weddingId: viewer.weddingId } });
	});
}
