import * as trail from '../audit/trail.server.ts';
import { db, transaction, type Tx } from '../kernel/db/db.server.ts';
import { Problem } from '../kernel/problem.ts';
import { toInstant } from '../kernel/text/local-time.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import * as removals from '../removals/removals.server.ts';
import type { Back } from '../removals/removed.ts';
import * as weddings from '../weddings/weddings.server.ts';
import type { Event, Meal } from './event.ts';
import type { EventDetails } from './event.schema.ts';
import * as invited from './invited.server.ts';
import * as offers from './offers.server.ts';

const orderBy = [{ startsAt: 'asc' as const }, { id: 'asc' as const }];
const include = {
	meals: { orderBy: [{ position: 'asc' as const }, { id: 'asc' as const }] },
	_count: { select: { invitations: true } }
};

/** All of them in the order of the day, and how many guests are asked to each. */
export async function list(viewer: Viewer): Promise<(Event & { guests: number })[]> {
	permit(viewer, 'events:list');
	const where = { weddingId: viewer.weddingId };
	const found = await db.event.findMany({ where, orderBy, include });
	return found.map(({ _count, ...event }) => ({ ...(event as Event), guests: _count.invitations }));
}

/** Those that a guest's household is asked to; for the couple, who look at the guests' page, all. */
export async function listOwn(viewer: Viewer): Promise<Event[]> {
	permit(viewer, 'events:read');
	const { weddingId, householdId, role } = viewer;
	const isOwn = { invitations: { some: { guest: { householdId: householdId ?? weddingId } } } };
	const where = { weddingId, ...(role === 'guest' && isOwn) };
	return (await db.event.findMany({ where, orderBy, include: { meals: include.meals } })) as Event[];
}

export async function get(viewer: Viewer, id: string, tx: Tx = db): Promise<Event> {
	permit(viewer, 'events:list');
	const where = { id, weddingId: viewer.weddingId };
	const event = await tx.event.findUnique({ where, include: { meals: include.meals } });
	if (!event) throw new Problem(404, 'event_not_found');
	return event as Event;
}

/** Times are those of a clock at the wedding. */
export async function add(viewer: Viewer, details: EventDetails & { asked: string }): Promise<string> {
	permit(viewer, 'events:edit');
	const { weddingId } = viewer;
	return transaction(async (tx) => {
		await weddings.hold(weddingId, tx);
		const { meals, ...data } = await prepare(viewer, details, tx);
		const { id } = await tx.event.create({ data: { ...data, weddingId } });
		await arrangeMeals(viewer, { id, meals: [] }, meals, tx);
		if (details.asked === 'everybody') await invited.askEverybody(viewer, id, tx);
		await trail.record(viewer, 'event.added', { id, name: details.name }, tx);
		return id;
	});
}

/** A meal that `details` does not name any more is off the menu; throws 409 for one that somebody has chosen. */
export async function edit(viewer: Viewer, id: string, details: EventDetails): Promise<void> {
	permit(viewer, 'events:edit');
	await transaction(async (tx) => {
		await weddings.hold(viewer.weddingId, tx);
		const before = await get(viewer, id, tx);
		const { meals, ...data } = await prepare(viewer, details, tx);
		const where = { id, weddingId: viewer.weddingId };
		await tx.event.update({ where, data: { ...data, sequence: { increment: 1 } } });
		await arrangeMeals(viewer, before, meals, tx);
		await offers.settle(viewer.weddingId, id, tx);
		await trail.record(viewer, 'event.edited', { id, name: details.name }, tx);
	});
}

/**
 * Throws 409 when more answers would go with it than `answers`, the number that whoever removes it was told. Gives back by
 * which id it can be put back.
 */
export async function remove(viewer: Viewer, id: string, answers = 0): Promise<string> {
	permit(viewer, 'events:edit');
	return transaction(async (tx) => {
		await weddings.hold(viewer.weddingId, tx);
		const { name } = await get(viewer, id, tx);
		const count = await countAnswers(viewer, id, tx);
		if (count > answers) throw new Problem(409, 'event_answered', { count });
		const removed = { kind: 'event' as const, chosen: { event: [{ id }] } };
		const removalId = await removals.keep(viewer.weddingId, removed, tx);
		await cancel(viewer, id, tx);
		await tx.event.delete({ where: { id, weddingId: viewer.weddingId } });
		await trail.record(viewer, 'event.removed', { id, name: { ...name } as Record<string, string> }, tx);
		return removalId;
	});
}

/** With its menu, invitations, answers and tables; what calendars took out they take in again. Throws 409 when it is too late. */
export function restore(viewer: Viewer, removalId: string): Promise<Back> {
	permit(viewer, 'events:edit');
	const { weddingId } = viewer;
	return transaction(async (tx) => {
		await weddings.hold(weddingId, tx);
		const kept = await removals.take(weddingId, removalId, ['event'], tx);
		const back = await removals.restore(kept, tx);
		const id = kept.rows.event![0]!.id as string;
		await tx.cancelledEvent.deleteMany({ where: { id, weddingId } });
		// more than that of its cancellation
		await tx.event.update({ where: { id, weddingId }, data: { sequence: { increment: 2 } } });
		await trail.record(viewer, 'event.restored', { id }, tx);
		return back;
	});
}

/** For the calendars of those who may have it there; who has declined has not. */
async function cancel({ weddingId }: Viewer, id: string, tx: Tx) {
	await tx.$executeRaw`
		INSERT INTO cancelled_event (id, household_id, wedding_id, name, starts_at, ends_at, sequence)
		SELECT DISTINCT e.id, g.household_id, e.wedding_id, e.name, e.starts_at, e.ends_at, e.sequence + 1
		FROM event e JOIN invitation i ON i.event_id = e.id JOIN guest g ON g.id = i.guest_id
		LEFT JOIN reply r ON r.event_id = e.id AND r.guest_id = g.id
		WHERE e.id = ${id}::uuid AND e.wedding_id = ${weddingId}::uuid AND r.state IS DISTINCT FROM 'no'`;
}

export async function countAnswers(viewer: Viewer, eventId: string, tx: Tx = db): Promise<number> {
	permit(viewer, 'events:list');
	return tx.reply.count({ where: { eventId, weddingId: viewer.weddingId } });
}

async function prepare(viewer: Viewer, details: EventDetails, tx: Tx) {
	const { timeZone } = await weddings.get(viewer, tx);
	const { name, place, address, mapUrl, dressCode, note, capacity, meals } = details;
	const startsAt = toInstant(details.startsAt, timeZone);
	const endsAt = details.endsAt && toInstant(details.endsAt, timeZone);
	// from half past two to three, in the hour that summer time skips
	if (endsAt && endsAt <= startsAt) throw new Problem(409, 'event_hour_skipped', { endsAt: details.endsAt! });
	return { name, place, address, mapUrl, dressCode, note, capacity, meals, startsAt, endsAt: endsAt || null };
}

type Menu = { id: string; meals: Pick<Meal, 'id'>[] };

/** An id that is not on this menu was, before somebody took it off: its row is a new meal. */
async function arrangeMeals(viewer: Viewer, before: Menu, meals: EventDetails['meals'], tx: Tx) {
	const { weddingId } = viewer;
	const known = new Set(before.meals.map(({ id }) => id));
	const kept = new Set(meals.map(({ id }) => id));
	const gone = before.meals.filter(({ id }) => !kept.has(id)).map(({ id }) => id);
	const count = await tx.reply.count({ where: { weddingId, mealId: { in: gone } } });
	if (count > 0) throw new Problem(409, 'meal_chosen', { count });
	await tx.meal.deleteMany({ where: { weddingId, eventId: before.id, id: { in: gone } } });
	for (const [position, { id, ...meal }] of meals.entries()) {
		const data = { ...meal, position };
		if (id && known.has(id)) await tx.meal.update({ where: { id, weddingId }, data });
		else await tx.meal.create({ data: { ...data, weddingId, eventId: before.id } });
	}
}
