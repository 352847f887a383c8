import type { Leaving } from '../kernel/db/table.server.ts';
import type { Tx } from '../kernel/db/db.server.ts';
import { Problem } from '../kernel/problem.ts';
import { sameAs } from '../kernel/text/address.ts';
import * as weddings from '../weddings/weddings.server.ts';

declare module '../kernel/db/table.server.ts' {
	interface Leaving {
		weddingId: string;
		name: string;
		/** empty when there is none */
		email: string;
		/** whether somebody else of the wedding has the same address */
		isShared: boolean;
		household: { id: string; name: string };
		/** whether nobody else is in the household, which then goes too */
		isLast: boolean;
	}
}

/** Who is to be erased, held with their household until the end of the transaction. Throws 404. */
export async function hold(weddingId: string, id: string, tx: Tx): Promise<Leaving> {
	const where = { id, weddingId };
	// a guest who is just being added to the household must not go with it
	await weddings.hold(weddingId, tx);
	const include = { household: { select: { id: true, name: true } } };
	const found = await tx.guest.findUnique({ where, include });
	if (!found) throw new Problem(404, 'guest_not_found');
	const { name, email, household } = found;
	await tx.$queryRaw`SELECT 1 FROM household WHERE id = ${household.id}::uuid FOR UPDATE`;
	// no score of theirs comes in any more
	await tx.$queryRaw`SELECT 1 FROM guest WHERE id = ${id}::uuid FOR UPDATE`;
	const others = { weddingId, id: { not: id } };
	return {
		...{ id, weddingId, name, email: email ?? '', household },
		isShared: !!email && (await tx.guest.count({ where: { ...others, email: sameAs(email) } })) > 0,
		isLast: (await tx.guest.count({ where: { ...others, householdId: household.id } })) === 0
	};
}

/** Those whom somebody brought along, who go with them. */
export async function listPlusOnes(weddingId: string, id: string, tx: Tx): Promise<string[]> {
	const found = await tx.guest.findMany({ where: { weddingId, plusOneOfId: id }, select: { id: true } });
	return found.map((guest) => guest.id);
}
