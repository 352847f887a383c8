import { db } from '../kernel/db/db.server.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import * as subscriptions from '../outbox/subscriptions.server.ts';
import { findAddressees } from './guest.ts';

/** A guest's addresses, with where they say what mail comes there: their own, or those of the whole household. */
export async function list(viewer: Viewer): Promise<{ address: string; names: string[]; href: string }[]> {
	permit(viewer, 'wedding:read');
	const { weddingId, householdId, guestId } = viewer;
	if (!householdId) return [];
	const guests = await db.guest.findMany({
		where: { weddingId, householdId, ...(guestId && { id: guestId }) },
		orderBy: [{ position: 'asc' }, { id: 'asc' }]
	});
	return Promise.all(
		findAddressees(guests).map(async ({ address, names }) => ({
			...{ address, names },
			href: await subscriptions.path(weddingId, address)
		}))
	);
}
