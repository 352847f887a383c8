import { createHash } from 'node:crypto';
import { sortByName } from '../i18n/order.ts';
import { canSeal, unseal } from '../kernel/db/sealed.server.ts';
import { now, rows } from '../kernel/db/db.server.ts';
import { digest } from '../kernel/token.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import { dietOf } from '../rsvp/diets.server.ts';
import * as seated from '../tables/seated.server.ts';
import type { Seated } from '../tables/seated.server.ts';
import { DIGEST_LENGTH, type Expected, type ExpectedGuest } from './expected.ts';

type Stored = Omit<ExpectedGuest, 'diet'> & {
	homeId: string;
	home: string;
	code: string;
	sealed: Uint8Array | null;
};

/** Everybody who is asked to something, household by household. */
export async function read(viewer: Viewer): Promise<Expected> {
	permit(viewer, 'door:read');
	const events = await rows<Expected['events'][0] & { startsAt: Date }>('door-events', EVENTS, [
		viewer.weddingId
	]);
	const found = await rows<Stored>('door-guests', GUESTS, [viewer.weddingId]);
	const seats = Map.groupBy(await seated.list(viewer), ({ guestId }) => guestId);
	const households = Map.groupBy(found, ({ homeId }) => homeId)
		.values()
		.map((guests) => {
			const [{ homeId: id, home: name, code }] = guests as [Stored, ...Stored[]];
			const codeDigest = digest(code).toString('hex').slice(0, DIGEST_LENGTH);
			return { id, name, codeDigest, guests: guests.map((one) => toExpected(one, seats.get(one.id))) };
		});
	const list = {
		events: events.map((event) => ({ ...event, startsAt: event.startsAt.toISOString() })),
		households: sortByName([...households], ({ name }) => name)
	};
	const version = createHash('sha256').update(JSON.stringify(list)).digest('base64url').slice(0, 16);
	return { at: (await now()).getTime(), version, ...list };
}

function toExpected({ id, name, isChild, sealed, asked }: Stored, seats: Seated[] = []): ExpectedGuest {
	const diet = sealed && canSeal() ? unseal(sealed, dietOf(id)) : '';
	for (const { eventId, table, name, seat } of seats)
		if (asked[eventId]) asked[eventId].seat = { table, name, seat };
	return { id, name, isChild, diet, asked };
}

const EVENTS = `
	SELECT id, name, starts_at AS "startsAt" FROM event WHERE wedding_id = $1::uuid ORDER BY starts_at, id`;

const GUESTS = `
	SELECT g.id, g.name, g.is_child AS "isChild", h.id AS "homeId", h.name AS home, h.code, d.sealed, a.asked
	FROM guest g JOIN household h ON h.id = g.household_id
	JOIN (
		SELECT i.guest_id, json_object_agg(i.event_id, json_build_object('state', r.state, 'meal', m.name, 'seat', null) ORDER BY i.event_id) AS asked
		FROM invitation i
		LEFT JOIN reply r ON r.event_id = i.event_id AND r.guest_id = i.guest_id
		LEFT JOIN meal m ON m.id = r.meal_id
		WHERE i.wedding_id = $1::uuid GROUP BY i.guest_id
	) a ON a.guest_id = g.id
	LEFT JOIN diet d ON d.guest_id = g.id
	WHERE g.wedding_id = $1::uuid ORDER BY h.id, g.position, g.id`;
