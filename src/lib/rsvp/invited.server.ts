import * as trail from '../audit/trail.server.ts';
import { rows, transaction, type Tx } from '../kernel/db/db.server.ts';
import { Problem } from '../kernel/problem.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import * as weddings from '../weddings/weddings.server.ts';

export type AskedHousehold = { id: string; name: string; guests: number; asked: number };

/** Every household, with how many of its guests are asked to this event. */
export function list(viewer: Viewer, eventId: string): Promise<AskedHousehold[]> {
	permit(viewer, 'events:list');
	return rows(
		'households-asked',
		`SELECT h.id, h.name, count(*)::int AS guests, count(i.guest_id)::int AS asked
		FROM household h JOIN guest g ON g.household_id = h.id
		LEFT JOIN invitation i ON i.guest_id = g.id AND i.event_id = $2::uuid
		WHERE h.wedding_id = $1::uuid GROUP BY h.id ORDER BY h.name, h.id`,
		[viewer.weddingId, eventId]
	);
}

/** Everybody who is on the list now, in the transaction of whoever holds the wedding. */
export async function askEverybody(viewer: Viewer, eventId: string, tx: Tx): Promise<void> {
	permit(viewer, 'events:edit');
	await tx.$executeRaw`
		INSERT INTO invitation (event_id, guest_id, wedding_id)
		SELECT e.id, g.id, g.wedding_id FROM event e JOIN guest g USING (wedding_id)
		WHERE e.id = ${eventId}::uuid AND e.wedding_id = ${viewer.weddingId}::uuid ON CONFLICT DO NOTHING`;
}

export async function inviteEverybody(viewer: Viewer, eventId: string): Promise<void> {
	permit(viewer, 'events:edit');
	await change(viewer, eventId, (tx) => askEverybody(viewer, eventId, tx));
}

type Selected = { households: string[]; isAsked: boolean };

/** Whole households at once; ids that are not of this wedding count for nothing. */
export async function select(viewer: Viewer, eventId: string, { households, isAsked }: Selected) {
	permit(viewer, 'events:edit');
	const { weddingId } = viewer;
	await change(viewer, eventId, async (tx) => {
		const guest = { weddingId, householdId: { in: households } };
		if (!isAsked) return tx.invitation.deleteMany({ where: { eventId, weddingId, guest } });
		const guests = await tx.guest.findMany({ where: guest, select: { id: true } });
		const data = guests.map(({ id: guestId }) => ({ eventId, guestId, weddingId }));
		return tx.invitation.createMany({ data, skipDuplicates: true });
	});
}

async function change(viewer: Viewer, eventId: string, act: (tx: Tx) => Promise<unknown>): Promise<void> {
	const { weddingId } = viewer;
	await transaction(async (tx) => {
		await weddings.hold(weddingId, tx);
		if ((await tx.event.count({ where: { id: eventId, weddingId } })) === 0)
			throw new Problem(404, 'event_not_found');
		await act(tx);
		await trail.record(viewer, 'event.asked', { id: eventId }, tx);
	});
}
