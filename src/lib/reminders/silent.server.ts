import { rows, type Tx } from '../kernel/db/db.server.ts';
import { findAddressees } from '../people/guest.ts';
import * as suppressions from '../outbox/suppressions.server.ts';
import * as undelivered from '../people/undelivered.server.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';

/** Somebody of household `h` was asked to something, and has said nothing. */
export const IS_SILENT = `EXISTS (
	SELECT FROM guest g JOIN invitation i ON i.guest_id = g.id
	LEFT JOIN reply r ON r.event_id = i.event_id AND r.guest_id = g.id
	WHERE g.household_id = h.id AND r.state IS NULL
)`;

export type Silent = {
	id: string;
	name: string;
	language: string;
	phone: string;
	calledAt: Date | null;
	guests: { id: string; name: string; email: string | null; isSilent: boolean }[];
};

/** The households that still can answer and have not, in the order of the list. */
export function list(weddingId: string, tx: Tx): Promise<Silent[]> {
	return rows<Silent>(
		'reminders-silent',
		`SELECT h.id, h.name, h.language, h.phone, a.called_at AS "calledAt", (
			SELECT json_agg(json_build_object('id', g.id, 'name', g.name, 'email', g.email, 'isSilent', EXISTS (
				SELECT FROM invitation i LEFT JOIN reply r ON r.event_id = i.event_id AND r.guest_id = i.guest_id
				WHERE i.guest_id = g.id AND r.state IS NULL
			)) ORDER BY g.position, g.id)
			FROM guest g WHERE g.household_id = h.id
		) AS guests
		FROM household h LEFT JOIN rsvp a ON a.household_id = h.id LEFT JOIN deadline d ON d.wedding_id = h.wedding_id
		WHERE h.wedding_id = $1::uuid AND coalesce(a.answers_until, d.answers_until, 'infinity') > now() AND ${IS_SILENT}
		ORDER BY h.name, h.id`,
		[weddingId],
		tx
	);
}

/** Those that mail reaches, and those that only a call does. */
export async function part(viewer: Viewer, tx: Tx): Promise<{ reached: Silent[]; others: Silent[] }> {
	permit(viewer, 'reminders:edit');
	const lost = new Set(await undelivered.list(viewer));
	const silent = await list(viewer.weddingId, tx);
	const suppressed = await suppressions.find(viewer.weddingId, tx);
	const isReached = ({ guests }: Silent) =>
		findAddressees(guests.filter(({ id }) => !lost.has(id))).some(
			({ address }) => !suppressed(address, 'reminders')
		);
	return { reached: silent.filter(isReached), others: silent.filter((one) => !isReached(one)) };
}
