import { rows, type Tx } from '../kernel/db/db.server.ts';
import type { News } from '../kernel/facts.server.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import * as offers from './offers.server.ts';
import * as places from './places.server.ts';
import * as returning from './returning.server.ts';

/**
 * Guests who were off the list are back, with their replies: they come as before as far as there is room, and wait where
 * they waited.
 */
export async function welcome(viewer: Viewer, { guestIds }: News['guests.returned'], tx: Tx): Promise<void> {
	permit(viewer, 'people:remove');
	const { weddingId } = viewer;
	const found = await rows<{ id: string }>(
		'returned-events',
		'SELECT DISTINCT event_id AS id FROM reply WHERE guest_id = ANY($1::uuid[]) ORDER BY 1',
		[guestIds],
		tx
	);
	for (const { id } of found) {
		await places.hold(weddingId, [id], tx);
		await rows('returned-wait', WAIT, [id, guestIds], tx);
		const { [id]: left = 0 } = await places.count(weddingId, [id], null, tx);
		if (left < 0) await rows('returned-offers', TAKE_BACK, [id, guestIds], tx);
		await returning.check(viewer, id, guestIds, tx);
		await offers.settle(weddingId, id, tx);
	}
}

/** In their turn, which goes by when they said so: nobody waited for the household any more. */
const WAIT = `
	INSERT INTO wait (event_id, household_id, wedding_id, asked_at)
	SELECT r.event_id, g.household_id, g.wedding_id, min(r.answered_at) FROM reply r JOIN guest g ON g.id = r.guest_id
	WHERE r.event_id = $1::uuid AND r.guest_id = ANY($2::uuid[]) AND r.state = 'waiting'
	GROUP BY 1, 2, 3 ON CONFLICT DO NOTHING`;

/** What was held for them others may have by now. */
const TAKE_BACK = `
	UPDATE wait SET offered_places = NULL, offered_until = NULL WHERE event_id = $1::uuid
		AND household_id IN (SELECT household_id FROM guest WHERE id = ANY($2::uuid[]))`;
