import type { Tx } from '../kernel/db/db.server.ts';
import { Problem } from '../kernel/problem.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import { getLocale } from '../i18n/compiled/runtime.js';
import { isolated } from '../i18n/isolated.ts';
import { enumerate } from '../people/guest.ts';
import * as history from './history.server.ts';

type Smaller = { id: string; planId: string; number: number; seats: number; letStand: boolean };

/**
 * Before a table has fewer seats, in the transaction of whoever makes it so: those at its end move up to seats that are
 * free. Throws 409 with the names when there are not enough, unless the last ones may stand.
 */
export async function shrink(viewer: Viewer, table: Smaller, tx: Tx): Promise<void> {
	permit(viewer, 'tables:edit');
	const { weddingId } = viewer;
	const { id: tableId, planId, seats, letStand } = table;
	const where = { tableId, weddingId };
	const taken = await tx.seat.findMany({ where, orderBy: { number: 'asc' }, include: { guest: true } });
	if (taken.length > seats && !letStand) {
		const names = enumerate(
			taken.map(({ guest }) => isolated(guest.name)),
			getLocale()
		);
		throw new Problem(409, 'table_taken', { names, count: taken.length, table: table.number });
	}
	const before = await history.read(planId, tx);
	const leaving = taken.slice(seats).map(({ guestId }) => guestId);
	await tx.seat.deleteMany({ where: { planId, weddingId, guestId: { in: leaving } } });
	const numbers = new Set(taken.map(({ number }) => number));
	const free = Array.from({ length: seats }, (_, n) => n + 1).filter((number) => !numbers.has(number));
	for (const { guestId, number } of taken.slice(0, seats))
		if (number > seats)
			await tx.seat.update({
				where: { planId_guestId: { planId, guestId } },
				data: { number: free.shift()! }
			});
	await history.remember(viewer, planId, before, tx);
}
