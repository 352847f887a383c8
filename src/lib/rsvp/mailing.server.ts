import type { Tx } from '../kernel/db/db.server.ts';
import type { Kind } from '../mail/letter.ts';
import type { Draft } from '../mail/outbox.server.ts';
import { enumerate, findAddressees } from '../people/guest.ts';

/** A letter to each address of a household, in its language. */
export async function draft(weddingId: string, householdId: string, kind: Kind, tx: Tx): Promise<Draft[]> {
	const { language, guests } = await tx.household.findUniqueOrThrow({
		where: { id: householdId, weddingId },
		include: { guests: { orderBy: [{ position: 'asc' }, { id: 'asc' }] } }
	});
	return findAddressees(guests).map((addressee) => ({
		...{ weddingId, kind, address: addressee.address, language, householdId },
		...{ name: enumerate(addressee.names, language), guestId: addressee.guestId }
	}));
}
