import { rows, type Tx } from '../kernel/db/db.server.ts';
import { Problem } from '../kernel/problem.ts';
import type { Change, Sheet } from './reply.ts';
import type { Answers } from './reply.schema.ts';

/*
 * Whoever counts the places of an event holds its row first, so that the last one is given once. Households are held
 * before it, guests' rows after it, as everywhere. Where there is room for all of a household the event is held last, as
 * everybody else who answers waits meanwhile.
 */

/** Nobody else gives away places of these until the end of the transaction. */
export async function hold(weddingId: string, eventIds: string[], tx: Tx): Promise<void> {
	const text = `SELECT 1 FROM event WHERE wedding_id = $1::uuid AND id = ANY($2::uuid[])
		ORDER BY id FOR NO KEY UPDATE`;
	await rows('events-hold', text, [weddingId, eventIds], tx);
}

/** Whether a household waits at one of these, or says that it would: the page asks that only where there is no room. */
export function isTight({ waits }: Sheet, typed: Answers, limited: string[]): boolean {
	return limited.some((id) => waits[id] || typed.waits[id]);
}

/**
 * Holds these events, where the transaction has made these changes; says whether there was room for them, and at which
 * of them somebody waits.
 */
export async function take(weddingId: string, eventIds: string[], changes: Change[], tx: Tx) {
	const isTaken = (id: string) => countMore(changes.filter(({ eventId }) => eventId === id)) > 0;
	const asked = [weddingId, eventIds, eventIds.filter(isTaken)];
	// everybody else who answers waits until the end of these two, so they go out at once
	const [, held] = await Promise.all([
		hold(weddingId, eventIds, tx),
		rows<Held>('events-held', HELD, asked, tx)
	]);
	const tight = held.filter(({ isRoomy }) => !isRoomy).map(({ id }) => id);
	const left = tight.length > 0 ? await count(weddingId, tight, null, tx) : {};
	return {
		isRoom: Object.values(left).every((places) => places >= 0),
		waited: held.filter(({ isWaited }) => isWaited).map(({ id }) => id)
	};
}

type Held = { id: string; isRoomy: boolean; isWaited: boolean };

// quicker than `count`, which leaves out the answers of those who are not asked any more
const HELD = `
	SELECT id, capacity IS NULL OR id <> ALL($3::uuid[]) OR capacity >= (
			SELECT count(*) FROM reply WHERE event_id = e.id AND state = 'yes'
		) + (
			SELECT coalesce(sum(offered_places), 0) FROM wait WHERE event_id = e.id AND offered_until > now()
		) AS "isRoomy",
		EXISTS (SELECT FROM wait WHERE event_id = e.id) AS "isWaited"
	FROM event e WHERE wedding_id = $1::uuid AND id = ANY($2::uuid[])`;

/**
 * Of each event with a limit the places that nobody has, and that are held for nobody else than `householdId`; below
 * zero where the couple has made room for fewer than come.
 */
export async function count(
	weddingId: string,
	eventIds: string[],
	householdId: string | null,
	tx: Tx
): Promise<Record<string, number>> {
	const found = await rows<{ id: string; left: number }>(
		'places-left',
		`SELECT e.id, e.capacity - (
			SELECT count(*) FROM reply r JOIN invitation i USING (event_id, guest_id)
			WHERE r.event_id = e.id AND r.state = 'yes'
		)::int - (
			SELECT coalesce(sum(offered_places), 0) FROM wait
			WHERE event_id = e.id AND offered_until > now() AND household_id IS DISTINCT FROM $3::uuid
		)::int AS left
		FROM event e WHERE wedding_id = $1::uuid AND id = ANY($2::uuid[]) AND capacity IS NOT NULL`,
		[weddingId, eventIds, householdId],
		tx
	);
	return Object.fromEntries(found.map(({ id, left }) => [id, left]));
}

/** Events of the sheet whose places this form may take or free. */
export function findLimited(stored: Sheet, typed: Answers): string[] {
	return stored.events
		.filter(({ id, capacity }) => capacity !== null || stored.waits[id])
		.filter(({ id, guests }) => {
			const isOther = (guest: { id: string }) => {
				const { state } = typed.replies[id]?.[guest.id] ?? {};
				return state !== undefined && state !== stored.replies[id]?.[guest.id]?.state;
			};
			return guests.some(isOther) || isOtherWait(stored, typed, id);
		})
		.map(({ id }) => id);
}

/** Whether they wait in another way than they did. */
export function isOtherWait({ waits }: Sheet, typed: Answers, eventId: string): boolean {
	const [before, after] = [waits[eventId], typed.waits[eventId]];
	return !!before && !!after && before.comesInPart !== (after === 'part');
}

/**
 * The changes as they can be: who says yes where there is no room for all of their household waits, if they said that they
 * would. Throws 409 if they did not.
 */
export function fit({ places }: Sheet, { waits }: Answers, changes: Change[]): Change[] {
	const fitted = Object.entries(Object.groupBy(changes, ({ eventId }) => eventId)).flatMap(
		([eventId, all]) => {
			const left = places[eventId];
			if (left === undefined || countMore(all!) <= left) return all!;
			if (!waits[eventId]) throw new Problem(409, 'event_full');
			return all!.map((change): Change => {
				return comes(change) > 0 ? { ...change, to: { ...change.to, state: 'waiting' } } : change;
			});
		}
	);
	return fitted.filter(({ from, to }) => from.state !== to.state || from.mealId !== to.mealId);
}

const comes = ({ from, to }: Change) => Number(to.state === 'yes') - Number(from.state === 'yes');

/** How many more come by these changes. */
const countMore = (changes: Change[]) => changes.reduce((sum, change) => sum + comes(change), 0);

/** What a household's changes make of how it waits: it takes its turn, keeps it, or does not wait any more. */
export async function queue(householdId: string, changes: Change[], typed: Answers['waits'], tx: Tx) {
	for (const [eventId, all] of Object.entries(Object.groupBy(changes, ({ eventId }) => eventId))) {
		const taken = all!.filter(({ from, to }) => from.state === 'waiting' && to.state === 'yes').length;
		if (taken > 0)
			await tx.$executeRaw`
			UPDATE wait SET offered_places = nullif(greatest(offered_places - ${taken}::int, 0), 0),
				offered_until = CASE WHEN offered_places > ${taken}::int THEN offered_until END
			WHERE event_id = ${eventId}::uuid AND household_id = ${householdId}::uuid`;
		if (!all!.some(({ to }) => to.state === 'waiting')) continue;
		await tx.$executeRaw`
			INSERT INTO wait (event_id, household_id, wedding_id)
			SELECT ${eventId}::uuid, id, wedding_id FROM household WHERE id = ${householdId}::uuid
			ON CONFLICT DO NOTHING`;
	}
	for (const [eventId, wanted] of Object.entries(typed)) {
		const where = { eventId, householdId };
		await tx.wait.updateMany({ where, data: { comesInPart: wanted === 'part' } });
	}
}
