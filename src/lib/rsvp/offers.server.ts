import * as trail from '../audit/trail.server.ts';
import { DAY } from '../kernel/clock.ts';
import { rows, type Tx } from '../kernel/db/db.server.ts';
import { system } from '../weddings/system.ts';
import * as mailing from './mailing.server.ts';
import * as places from './places.server.ts';

/** So long a place is held for whom it is offered to. */
const PATIENCE_SECONDS = 2 * DAY;

/**
 * Offers what is free at an event, in the order of those who wait, to each household that fits. What was offered and
 * not taken in time is free again. Whoever frees a place calls it, in the same transaction.
 */
export async function settle(weddingId: string, eventId: string, tx: Tx): Promise<void> {
	await places.hold(weddingId, [eventId], tx);
	await settleHeld(weddingId, eventId, tx);
}

/** The same by whoever holds the event already. */
export async function settleHeld(weddingId: string, eventId: string, tx: Tx): Promise<void> {
	const waiting = 'SELECT FROM wait WHERE event_id = $1::uuid LIMIT 1';
	if ((await rows('waits-any', waiting, [eventId], tx)).length === 0) return;
	await lapse(weddingId, eventId, tx);
	await tidy(eventId, tx);
	const counted = await places.count(weddingId, [eventId], null, tx);
	let left = Math.max(0, counted[eventId] ?? Infinity);
	for (const { householdId, guests, comesInPart } of await listTurns(eventId, tx)) {
		const offered = left >= guests ? guests : comesInPart ? left : 0;
		if (offered === 0) continue;
		left -= offered;
		await tx.$executeRaw`
			UPDATE wait SET offered_places = ${offered}, offered_until = now() + ${PATIENCE_SECONDS} * interval '1 second'
			WHERE event_id = ${eventId}::uuid AND household_id = ${householdId}::uuid`;
		await mailing.send(weddingId, householdId, 'place', tx);
		const data = { id: eventId, household: householdId, places: offered };
		await trail.record(system(weddingId), 'place.offered', data, tx);
	}
}

/** At every event that somebody waits for. */
export async function settleAll(weddingId: string, tx: Tx): Promise<void> {
	const text = 'SELECT DISTINCT event_id AS id FROM wait WHERE wedding_id = $1::uuid ORDER BY event_id';
	const found = await rows<{ id: string }>('events-waited-for', text, [weddingId], tx);
	for (const { id } of found) await settle(weddingId, id, tx);
}

/** Whoever did not say in time that they come has not answered. */
async function lapse(weddingId: string, eventId: string, tx: Tx): Promise<void> {
	const over = await rows<{ household: string }>(
		'offers-lapse',
		`WITH over AS (
			DELETE FROM wait WHERE event_id = $1::uuid AND offered_until <= now() RETURNING household_id
		), silent AS (
			DELETE FROM reply r USING guest g, over
			WHERE r.event_id = $1::uuid AND g.id = r.guest_id AND g.household_id = over.household_id
				AND r.state = 'waiting'
		)
		SELECT household_id AS household FROM over`,
		[eventId],
		tx
	);
	for (const { household } of over)
		await trail.record(system(weddingId), 'place.lapsed', { id: eventId, household }, tx);
}

const WAITING = `SELECT g.household_id, count(*)::int AS guests
	FROM reply r JOIN invitation i USING (event_id, guest_id) JOIN guest g ON g.id = r.guest_id
	WHERE r.event_id = $1::uuid AND r.state = 'waiting' GROUP BY g.household_id`;

/** A guest who waits may have been removed, or moved to another household. */
async function tidy(eventId: string, tx: Tx): Promise<void> {
	await rows(
		'waits-drop',
		`DELETE FROM wait WHERE event_id = $1::uuid AND household_id NOT IN (SELECT household_id FROM (${WAITING}) w)`,
		[eventId],
		tx
	);
	await rows(
		'waits-shrink',
		`UPDATE wait SET offered_places = guests FROM (${WAITING}) w
		WHERE event_id = $1::uuid AND wait.household_id = w.household_id AND offered_places > guests`,
		[eventId],
		tx
	);
}

type Turn = { householdId: string; guests: number; comesInPart: boolean };

function listTurns(eventId: string, tx: Tx): Promise<Turn[]> {
	return rows<Turn>(
		'waits-in-turn',
		`SELECT household_id AS "householdId", guests, comes_in_part AS "comesInPart"
		FROM wait JOIN (${WAITING}) w USING (household_id)
		WHERE event_id = $1::uuid AND offered_until IS NULL ORDER BY asked_at, household_id`,
		[eventId],
		tx
	);
}
