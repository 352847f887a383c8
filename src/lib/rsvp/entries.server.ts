import { db } from '../kernel/db/db.server.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import type { Entry } from './entry.ts';

const orderBy = [{ startsAt: 'asc' as const }, { id: 'asc' as const }];

/**
 * What stands in a household's calendar: the events that somebody of it is asked to, and those that were and are gone. For
 * the couple, who look at the guests' page, all that there are.
 */
export async function list(viewer: Viewer): Promise<Entry[]> {
	permit(viewer, 'events:read');
	const { weddingId, role } = viewer;
	// nobody's, where it is none: Prisma would take `undefined` for everybody's
	const householdId = viewer.householdId ?? weddingId;
	const ofHousehold = { guest: { householdId } };
	const found = await db.event.findMany({
		where: { weddingId, ...(role === 'guest' && { invitations: { some: ofHousehold } }) },
		include: { invitations: { where: ofHousehold }, replies: { where: ofHousehold } },
		orderBy
	});
	const gone = await db.cancelledEvent.findMany({ where: { weddingId, householdId }, orderBy });
	const nothing = { place: '', address: '', dressCode: {}, note: {} };
	return [
		...found.map(({ invitations, replies, ...event }) => {
			const isDeclined = ({ guestId }: { guestId: string }) =>
				replies.some((reply) => reply.guestId === guestId && reply.state === 'no');
			const isAllDeclined = invitations.length > 0 && invitations.every(isDeclined);
			return { ...(event as typeof event & Entry), isAllDeclined, isCancelled: false };
		}),
		...gone.map((event) => ({
			...{ ...nothing, ...event, name: event.name as Entry['name'] },
			...{ isAllDeclined: false, isCancelled: true }
		}))
	];
}
