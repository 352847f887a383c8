import * as trail from '../audit/trail.server.ts';
import type { Prisma } from '../../../prisma/client/client.ts';
import { isSameAddress, sameAs } from '../kernel/text/address.ts';
import { rows, type Tx } from '../kernel/db/db.server.ts';
import { Problem } from '../kernel/problem.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import * as removals from '../removals/removals.server.ts';
import type { GuestDetails } from './household.schema.ts';
import { MOST_GUESTS } from './household.ts';

type Arranged = { guests: GuestDetails[]; removed?: string[] };

/**
 * Makes a household's guests what `guests` says, in that order, and gives back the ids of those who are new, and by which
 * id those who were removed can be put back. Those it does not name stay as they are, unless they are in `removed`: then
 * their scores and sessions go too, and so do those whom they brought along. An id that is not of this household was,
 * before somebody removed that guest: its row is of a new one. Throws 409 when an address belongs to another household, when there would be too many, or nobody.
 */
export async function arrange(
	viewer: Viewer,
	householdId: string,
	{ guests: typed, removed = [] }: Arranged,
	tx: Tx
): Promise<{ added: string[]; removalId?: string }> {
	permit(viewer, 'people:edit');
	const { weddingId } = viewer;
	const present = await tx.guest.findMany({ where: { weddingId, householdId } });
	const byId = new Map(present.map((guest) => [guest.id, guest]));
	const isGone = new Set(removed);
	const gone = present.filter(({ id, plusOneOfId }) => isGone.has(id) || isGone.has(plusOneOfId ?? ''));
	for (const { id } of gone) isGone.add(id);
	const guests = typed.filter(({ id }) => !isGone.has(id ?? ''));
	if (gone.length > 0 && guests.length === 0 && gone.length === present.length)
		throw new Problem(409, 'guests_none');
	const named = new Set([...isGone, ...guests.map(({ id }) => id)]);
	const unnamed = new Set(present.filter(({ id }) => !named.has(id)));
	await refuseElsewhere(weddingId, householdId, guests, tx);

	const data: Prisma.GuestCreateManyInput[] = [];
	for (const [position, { id, name, email = null, isChild = false }] of guests.entries()) {
		const details = { name, email, isChild, position };
		// a row that was saved before, by somebody else or by whoever never saw the answer, is not another guest
		const same = (guest: Prisma.GuestModel) =>
			guest.name === name && isSameAddress(guest.email, email) && guest.isChild === isChild;
		const before = byId.get(id ?? '') ?? [...unnamed].find(same);
		if (!before) {
			data.push({ ...details, weddingId, householdId });
			continue;
		}
		unnamed.delete(before);
		await tx.guest.update({ where: { id: before.id, weddingId }, data: details });
		if (!isSameAddress(before.email, email)) await shutOut(before.id, tx);
	}
	if (data.length > 0 && data.length + present.length - gone.length > MOST_GUESTS)
		throw new Problem(409, 'guests_many');
	const added = await tx.guest.createManyAndReturn({ data, select: { id: true } });
	const removalId = gone.length > 0 ? await drop(weddingId, gone, tx) : undefined;
	for (const { id, name } of gone) {
		await trail.record(viewer, 'guest.removed', { id, name, householdId }, tx);
	}
	return { added: added.map(({ id }) => id), removalId };
}

async function drop(weddingId: string, gone: Pick<Prisma.GuestModel, 'id' | 'name'>[], tx: Tx) {
	const chosen = { guest: gone.map(({ id }) => ({ id })) };
	const name = gone.map((guest) => guest.name).join(', ');
	const removalId = await removals.keep(weddingId, { kind: 'guests', name, chosen }, tx);
	await tx.guest.deleteMany({ where: { weddingId, id: { in: gone.map(({ id }) => id) } } });
	return removalId;
}

/** Gives another address to those of a household who have `before`. Throws 409 when it belongs to another household. */
export async function readdress(
	viewer: Viewer,
	householdId: string,
	{ before, email }: { before: string; email: string },
	tx: Tx
): Promise<void> {
	permit(viewer, 'people:edit');
	const where = { weddingId: viewer.weddingId, householdId, email: sameAs(before) };
	const having = await tx.guest.findMany({ where, select: { id: true, name: true } });
	if (having.length === 0) throw new Problem(409, 'address_changed');
	await refuseElsewhere(viewer.weddingId, householdId, [{ email }], tx);
	await tx.guest.updateMany({ where, data: { email } });
	if (!isSameAddress(before, email)) for (const { id } of having) await shutOut(id, tx);
}

/** What was opened with an address ends with it: the old one may have been a stranger's, mistyped. */
async function shutOut(guestId: string, tx: Tx) {
	await tx.session.deleteMany({ where: { guestId } });
	await tx.loginLink.deleteMany({ where: { guestId } });
}

/** Throws 409 when one of their addresses belongs to another household. */
export async function refuseElsewhere(
	weddingId: string,
	householdId: string,
	guests: Pick<GuestDetails, 'email'>[],
	tx: Tx
) {
	const addresses = guests.flatMap(({ email }) => email?.toLowerCase() ?? []);
	if (addresses.length === 0) return;
	const [taken] = await rows<{ email: string; household: string }>(
		'guest-elsewhere',
		`SELECT g.email, h.name AS household FROM guest g JOIN household h ON h.id = g.household_id
		WHERE g.wedding_id = $1::uuid AND h.id <> $2::uuid AND lower(g.email) = ANY($3::text[]) LIMIT 1`,
		[weddingId, householdId, addresses],
		tx
	);
	if (taken) throw new Problem(409, 'email_elsewhere', taken);
}
