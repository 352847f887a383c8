import { rows, transaction } from '../kernel/db/db.server.ts';
import { Problem } from '../kernel/problem.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import * as offers from './offers.server.ts';
import * as places from './places.server.ts';
import * as replies from './replies.server.ts';
import type { Change, Sheet } from './reply.ts';
import * as sheet from './sheet.server.ts';
import { listOffers, listWaiting, type WaitingHousehold } from './waiting.ts';

/** Who waits for a place at this event, in the order in which it is their turn. */
export function list(viewer: Viewer, eventId: string): Promise<WaitingHousehold[]> {
	permit(viewer, 'events:list');
	return rows(
		'waits-list',
		`SELECT h.id AS "householdId", h.name AS household, w.comes_in_part AS "comesInPart",
			w.offered_places AS "offeredPlaces", w.offered_until AS "offeredUntil", w.asked_at AS "askedAt", (
				SELECT count(*)::int FROM reply r JOIN invitation i USING (event_id, guest_id)
				JOIN guest g ON g.id = r.guest_id
				WHERE r.event_id = w.event_id AND g.household_id = h.id AND r.state = 'waiting'
			) AS guests
		FROM wait w JOIN household h ON h.id = w.household_id
		WHERE w.wedding_id = $1::uuid AND w.event_id = $2::uuid ORDER BY w.asked_at, h.id`,
		[viewer.weddingId, eventId]
	);
}

type Taken = { event: string; guests: Record<string, string> };

/**
 * Takes the places that are held for the household at an event: for all who wait, or for `guests`, of whom the others wait
 * on. The deadline does not count. Throws 409 when they are held no more, or for more than there are.
 */
export async function take(viewer: Viewer, { event, guests }: Taken): Promise<void> {
	permit(viewer, 'rsvp:answer');
	await confirm(viewer, event, (waiting, held) => {
		const chosen = Object.keys(guests);
		const coming = waiting.length <= held && chosen.length === 0 ? waiting : chosen;
		if (coming.some((id) => !waiting.includes(id))) throw new Problem(404, 'guest_not_found');
		if (coming.length === 0 || coming.length > held) throw new Problem(409, 'offer_choose', { count: held });
		return { coming, staying: [] };
	});
}

/** Gives them back, and waits no more. */
export async function decline(viewer: Viewer, { event }: Pick<Taken, 'event'>): Promise<void> {
	permit(viewer, 'rsvp:answer');
	await confirm(viewer, event, (waiting) => ({ coming: [], staying: waiting }));
}

type Confirmed = { coming: string[]; staying: string[] };

async function confirm(
	viewer: Viewer,
	eventId: string,
	choose: (waiting: string[], held: number) => Confirmed
): Promise<void> {
	const { weddingId, householdId } = viewer;
	if (!householdId) throw new Problem(404, 'household_not_found');
	await transaction(async (tx) => {
		await sheet.hold(weddingId, householdId, tx);
		await places.hold(weddingId, [eventId], tx);
		const stored = await sheet.read(weddingId, householdId, tx);
		const offer = listOffers(stored).find(({ event }) => event.id === eventId);
		if (!offer) throw new Problem(409, 'offer_over');
		const waiting = listWaiting(offer.event, stored).map(({ id }) => id);
		const { coming, staying } = choose(waiting, offer.places);
		const changes = [
			...coming.map((id) => change(stored, eventId, id, 'yes')),
			...staying.map((id) => change(stored, eventId, id, 'no'))
		];
		await replies.store(viewer, stored, changes, tx);
		// what was not taken is held no more
		const where = { eventId, householdId, weddingId };
		await tx.wait.updateMany({ where, data: { offeredPlaces: null, offeredUntil: null } });
		await offers.settle(weddingId, eventId, tx);
	});
}

function change({ replies }: Sheet, eventId: string, guestId: string, state: 'yes' | 'no'): Change {
	const from = replies[eventId]?.[guestId] ?? {};
	return { eventId, guestId, from, to: { state, mealId: state === 'yes' ? from.mealId : undefined } };
}
