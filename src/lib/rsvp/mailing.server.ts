import { rows, type Tx } from '../kernel/db/db.server.ts';
import * as outbox from '../outbox/outbox.server.ts';
import { enumerate, findAddressees } from '../people/guest.ts';

type Reader = { id: string; name: string; email: string | null; language: string };

/** A letter to each address of a household, in its language. */
export async function send(
	weddingId: string,
	householdId: string,
	kind: 'answers' | 'place',
	tx: Tx
): Promise<void> {
	const guests = await rows<Reader>(
		'letter-readers',
		`SELECT g.id, g.name, g.email, h.language FROM guest g JOIN household h ON h.id = g.household_id
		WHERE h.id = $1::uuid AND h.wedding_id = $2::uuid ORDER BY g.position, g.id`,
		[householdId, weddingId],
		tx
	);
	const language = guests[0]?.language ?? '';
	const drafts = findAddressees(guests).map((addressee) => ({
		...{ weddingId, kind, address: addressee.address, language, householdId },
		...{ name: enumerate(addressee.names, language), guestId: addressee.guestId }
	}));
	await outbox.put(drafts, tx);
}
