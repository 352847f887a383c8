import * as trail from '../audit/trail.server.ts';
import { transaction, type Tx } from '../kernel/db/db.server.ts';
import { Problem } from '../kernel/problem.ts';
import { makeCode } from '../kernel/token.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import * as weddings from '../weddings/weddings.server.ts';
import { CODE_LENGTH, MOST_GUESTS } from './household.ts';

type Brought = { householdId: string; plusOneOfId: string; name: string };

/** A guest like any other, in the transaction of whoever holds the household. Throws 409 when it would be too large. */
export async function add(
	viewer: Viewer,
	{ householdId, plusOneOfId, name }: Brought,
	tx: Tx
): Promise<string> {
	permit(viewer, 'household:bring');
	const { weddingId } = viewer;
	const position = await tx.guest.count({ where: { householdId, weddingId } });
	if (position >= MOST_GUESTS) throw new Problem(409, 'guests_many');
	const { id } = await tx.guest.create({ data: { weddingId, householdId, plusOneOfId, name, position } });
	await trail.record(viewer, 'guest.brought', { id, name, householdId, plusOneOfId }, tx);
	return id;
}

export async function rename(viewer: Viewer, id: string, name: string, tx: Tx): Promise<void> {
	permit(viewer, 'household:bring');
	const where = { id, weddingId: viewer.weddingId, plusOneOfId: { not: null } };
	const { name: before } = await tx.guest.findUniqueOrThrow({ where });
	await tx.guest.update({ where, data: { name } });
	await trail.record(viewer, 'guest.renamed', { id, before, name }, tx);
}

/** With everything that is of them; gives back their name. `answers`: to how many events they had replied. */
export async function takeBack(viewer: Viewer, { id, answers }: { id: string; answers: number }, tx: Tx) {
	permit(viewer, 'household:bring');
	const where = { id, weddingId: viewer.weddingId, plusOneOfId: { not: null } };
	const { name, householdId } = await tx.guest.delete({ where });
	await trail.record(viewer, 'guest.taken_back', { id, name, householdId, answers }, tx);
	return name;
}

/**
 * Gives somebody who was brought a household of their own, with all that is of them; the household that brought them
 * may not bring somebody else for them. Throws 404.
 */
export async function moveOut(viewer: Viewer, householdId: string, guestId: string): Promise<string> {
	permit(viewer, 'people:edit');
	const { weddingId } = viewer;
	return transaction(async (tx) => {
		await weddings.hold(weddingId, tx);
		const guest = await tx.guest.findUnique({
			where: { id: guestId, weddingId, householdId, plusOneOfId: { not: null } },
			include: { household: { select: { language: true, plusOnes: true } } }
		});
		if (!guest) throw new Problem(404, 'guest_not_found');
		const { language, plusOnes } = guest.household;
		const { id } = await tx.household.create({
			data: { weddingId, name: guest.name, language, code: makeCode(CODE_LENGTH) }
		});
		await tx.guest.update({
			where: { id: guestId, weddingId },
			data: { householdId: id, plusOneOfId: null, position: 0 }
		});
		await tx.household.update({
			where: { id: householdId, weddingId },
			data: { plusOnes: Math.max(0, plusOnes - 1) }
		});
		// what they were signed in to is the other household
		await tx.session.deleteMany({ where: { guestId, weddingId } });
		await tx.loginLink.deleteMany({ where: { guestId, weddingId } });
		await trail.record(viewer, 'guest.moved_out', { id: guestId, name: guest.name, from: householdId }, tx);
		return id;
	});
}
