import * as trail from '../audit/trail.server.ts';
import { db, transaction } from '../kernel/db/db.server.ts';
import { Problem } from '../kernel/problem.ts';
import { toInstant, toLocal } from '../kernel/text/local-time.ts';
import { may, permit, type Viewer } from '../kernel/viewer.ts';
import * as weddings from '../weddings/weddings.server.ts';
import * as changes from './changes.server.ts';
import * as events from './events.server.ts';
import * as offers from './offers.server.ts';
import * as replies from './replies.server.ts';
import * as returning from './returning.server.ts';
import type { Asked } from './reply.schema.ts';

/** For a household's page: all events, who of it is asked to which, as pairs, its own deadline on the wedding's clock, and
 * for the couple its answer. */
export async function get(viewer: Viewer, householdId: string) {
	permit(viewer, 'events:list');
	const { weddingId } = viewer;
	const where = { weddingId, guest: { householdId } };
	const pairs = await db.invitation.findMany({ where, select: { eventId: true, guestId: true } });
	const rsvp = await db.rsvp.findUnique({ where: { householdId, weddingId } });
	const { timeZone } = await weddings.get(viewer);
	const answersUntil = rsvp?.answersUntil ? toLocal(rsvp.answersUntil, timeZone) : '';
	const answer = may(viewer, 'answers:edit') && {
		...(await replies.getFor(viewer, householdId)),
		changes: await changes.list(viewer, householdId)
	};
	return { events: await events.list(viewer), pairs, answersUntil, answer };
}

/**
 * Makes a household's invitations and its own deadline these. Throws 404 for a guest who is not of it, and for an event
 * of another wedding.
 */
export async function set(viewer: Viewer, householdId: string, { asked, answersUntil }: Asked) {
	permit(viewer, 'events:edit');
	const { weddingId } = viewer;
	const data = Object.entries(asked).flatMap(([eventId, guests]) =>
		Object.keys(guests).map((guestId) => ({ eventId, guestId, weddingId }))
	);
	await transaction(async (tx) => {
		await weddings.hold(weddingId, tx);
		const household = await tx.household.findUnique({
			where: { id: householdId, weddingId },
			include: { guests: { select: { id: true } } }
		});
		if (!household) throw new Problem(404, 'household_not_found');
		const own = await tx.event.findMany({ where: { weddingId }, select: { id: true } });
		const [isEvent, isGuest] = [own, household.guests].map((all) => new Set(all.map(({ id }) => id)));
		if (data.some(({ eventId }) => !isEvent!.has(eventId))) throw new Problem(404, 'event_not_found');
		if (data.some(({ guestId }) => !isGuest!.has(guestId))) throw new Problem(404, 'guest_not_found');
		const ofThem = { where: { weddingId, guest: { householdId } } };
		const before = await tx.invitation.findMany(ofThem);
		await tx.invitation.deleteMany(ofThem);
		await tx.invitation.createMany({ data });
		for (const [eventId, pairs] of Map.groupBy(data, ({ eventId }) => eventId)) {
			const had = new Set(before.filter((pair) => pair.eventId === eventId).map(({ guestId }) => guestId));
			const added = pairs.map(({ guestId }) => guestId).filter((id) => !had.has(id));
			await returning.check(viewer, eventId, added, tx);
		}

		const { timeZone } = await weddings.get(viewer, tx);
		const until = { answersUntil: answersUntil && toInstant(answersUntil, timeZone) };
		await tx.rsvp.upsert({
			...{ where: { householdId }, create: { ...until, householdId, weddingId }, update: until }
		});
		await offers.settleAll(weddingId, tx);
		await trail.record(viewer, 'household.asked', { id: householdId }, tx);
	});
	return { isAsked: true };
}
