import * as trail from '../audit/trail.server.ts';
import { transaction, type Tx } from '../kernel/db/db.server.ts';
import { announce } from '../kernel/facts.server.ts';
import { Problem } from '../kernel/problem.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import * as removals from '../removals/removals.server.ts';
import type { Back } from '../removals/removed.ts';
import * as weddings from '../weddings/weddings.server.ts';
import * as guests from './guests.server.ts';
import { MOST_GUESTS } from './household.ts';

/** As JSON has the columns. */
type Guest = {
	id: string;
	household_id: string;
	email: string | null;
	position: number;
	plus_one_of_id: string | null;
};

/**
 * A household, or those who were taken off its list, in their places; with all that was theirs. Throws 409 when it is too
 * late, when an address is another household's by now, or when it may not be so many any more.
 */
export function restore(viewer: Viewer, removalId: string): Promise<Back> {
	permit(viewer, 'people:remove');
	const { weddingId } = viewer;
	return transaction(async (tx) => {
		await weddings.hold(weddingId, tx);
		const kept = await removals.take(weddingId, removalId, ['guests', 'household'], tx);
		const kind = kept.chosen.includes('household') ? 'household' : 'guests';
		const people = (kept.rows.guest ?? []) as Guest[];
		for (const [householdId, some] of Map.groupBy(people, (guest) => guest.household_id)) {
			const addressed = some.map(({ email }) => ({ email: email ?? undefined }));
			await guests.refuseElsewhere(weddingId, householdId, addressed, tx);
			if (kind === 'guests') await makeRoom(householdId, some, tx);
		}
		const back = await removals.restore(kept, tx);
		if (kind === 'guests') await refuseTooMany(people, tx);
		const guestIds = people.map(({ id }) => id);
		await announce(viewer, 'guests.returned', { guestIds }, tx);
		const ids = kind === 'guests' ? guestIds : kept.rows.household!.map(({ id }) => id as string);
		for (const id of ids) await trail.record(viewer, `${ACTION[kind]}.restored`, { id }, tx);
		return back;
	});
}

const ACTION = { guests: 'guest', household: 'household' } as const;

/** The others moved up when they went. */
async function makeRoom(householdId: string, some: Guest[], tx: Tx): Promise<void> {
	for (const { position } of some.toSorted((one, other) => one.position - other.position))
		await tx.guest.updateMany({
			where: { householdId, position: { gte: position } },
			data: { position: { increment: 1 } }
		});
}

/** Throws 409 where the household may have fewer by now, or whoever brought one of them is gone. */
async function refuseTooMany(people: Guest[], tx: Tx): Promise<void> {
	const householdId = people[0]!.household_id;
	const { plusOnes, guests } = await tx.household.findUniqueOrThrow({
		where: { id: householdId },
		include: { guests: { select: { id: true, plusOneOfId: true } } }
	});
	if (guests.length > MOST_GUESTS) throw new Problem(409, 'guests_many');
	const brought = people.filter((guest) => guest.plus_one_of_id);
	if (brought.length === 0) return;
	const hostOf = new Map(guests.map(({ id, plusOneOfId }) => [id, plusOneOfId]));
	if (brought.some(({ id }) => !hostOf.get(id))) throw new Problem(409, 'removal_taken');
	if (guests.filter(({ plusOneOfId }) => plusOneOfId).length > plusOnes)
		throw new Problem(409, 'removal_plus_ones');
}
