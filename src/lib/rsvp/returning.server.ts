import * as trail from '../audit/trail.server.ts';
import { rows, type Tx } from '../kernel/db/db.server.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import * as places from './places.server.ts';

type Dropped = { householdId: string; guestId: string; mealId: string | null };

/**
 * Whoever came, was taken off an event and is asked again, in the transaction of whoever asks: they come as before as far
 * as there is room. Of those for whom somebody else has the place now nothing is said any more, and they answer anew.
 */
export async function check(viewer: Viewer, eventId: string, guestIds: string[], tx: Tx): Promise<void> {
	permit(viewer, 'events:edit');
	if (guestIds.length === 0) return;
	const { weddingId } = viewer;
	await places.hold(weddingId, [eventId], tx);
	const dropped = await rows<Dropped>('returning-drop', DROP, [weddingId, eventId, guestIds], tx);
	for (const [id, guests] of Map.groupBy(dropped, ({ householdId }) => householdId)) {
		const changes = guests.map(({ guestId, mealId }) => ({
			...{ eventId, guestId, from: { state: 'yes', mealId }, to: { state: null, mealId: null } }
		}));
		await trail.record(viewer, 'household.answered', { id, by: null, changes }, tx);
	}
}

/** Who answered last goes first. */
const DROP = `
	WITH few AS (
		SELECT (
			SELECT count(*) FROM reply r JOIN invitation i USING (event_id, guest_id)
			WHERE r.event_id = e.id AND r.state = 'yes'
		) + (
			SELECT coalesce(sum(offered_places), 0) FROM wait WHERE event_id = e.id AND offered_until > now()
		) - e.capacity AS many
		FROM event e WHERE wedding_id = $1::uuid AND id = $2::uuid AND capacity IS NOT NULL
	)
	DELETE FROM reply USING guest g WHERE g.id = guest_id AND event_id = $2::uuid AND guest_id IN (
		SELECT guest_id FROM reply WHERE event_id = $2::uuid AND guest_id = ANY($3::uuid[]) AND state = 'yes'
		ORDER BY answered_at DESC, guest_id LIMIT greatest(0, coalesce((SELECT many FROM few), 0))
	) RETURNING g.household_id AS "householdId", guest_id AS "guestId", meal_id AS "mealId"`;
