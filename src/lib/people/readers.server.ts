import { db } from '../kernel/db/db.server.ts';
import { isSameAddress } from '../kernel/text/address.ts';
import type { Mail } from '../outbox/message.ts';
import { findAddressees } from './guest.ts';
import { link } from './invitations.server.ts';

/** Whom a mail to a household is to, by `names`, and all who are in it; null when nobody of it has that address now. */
export async function find({ weddingId, householdId, address, language }: Mail) {
	const household = await db.household.findUnique({
		where: { id: householdId!, weddingId },
		include: { wedding: true, guests: { orderBy: [{ position: 'asc' }, { id: 'asc' }] } }
	});
	const readers = findAddressees(household?.guests ?? []);
	const reader = readers.find((one) => isSameAddress(one.address, address));
	if (!household || !reader) return null;
	const { wedding, guests, id, code } = household;
	return { wedding, id, guests, names: reader.names, url: link(wedding, code), language };
}
