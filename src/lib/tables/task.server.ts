import { type Tx, db } from '../kernel/db/db.server.ts';
import { digest } from '../kernel/token.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import * as placed from './placed.server.ts';
import type { Plan } from './plan.ts';
import type { Mode } from './proposal.ts';
import * as room from './room.server.ts';
import { isSeated } from './seating.ts';
import type { Side as SolverSide, Task } from './solver/seating.ts';
import type { Side } from './wish.ts';
import * as wishes from './wishes.server.ts';

type Asked = { mode: Mode; withSilent: boolean };

/**
 * What there is to solve for a plan: who comes or sits already, and who has not answered where that is asked for.
 * `basis` is another one when any of it has changed.
 */
export async function read(viewer: Viewer, plan: Plan, { mode, withSilent }: Asked, tx: Tx = db) {
	permit(viewer, 'tables:edit');
	const { tables } = await room.look(viewer, plan.id, tx);
	const all = await placed.list(viewer, plan, tx);
	const wished = await wishes.list(viewer, plan.eventId, tx);
	const tagged = await tx.householdTag.findMany({
		where: { weddingId: viewer.weddingId },
		orderBy: [{ householdId: 'asc' }, { tagId: 'asc' }]
	});
	const tags = Map.groupBy(tagged, ({ householdId }) => householdId);
	const asked = all
		.filter((one) => one.said === 'yes' || withSilent || isSeated(one))
		.sort((one, other) => (one.guestId < other.guestId ? -1 : 1));
	const numbers = new Map(tables.map(({ number, id }) => [number, id]));
	const task = {
		mode,
		tables: tables.map(({ id, seats, shape, x, y, rotation }) => ({ id, seats, shape, x, y, rotation })),
		guests: asked.map(({ guestId: id, householdId: household }) => ({
			...{ id, household, tags: tags.get(household)?.map(({ tagId }) => tagId) ?? [] }
		})),
		sits: asked.filter(isSeated).map(({ guestId: guest, tableId: table, number: seat, isLocked }) => ({
			...{ guest, table, seat, isLocked }
		})),
		wishes: wished.map(({ id, kind, isHard, side, other, tableNumber }) => ({
			...{ id, kind, isHard, one: asSide(side) },
			other: other ? asSide(other) : { table: numbers.get(tableNumber!) ?? '' }
		}))
	} satisfies Task;
	const basis = digest(JSON.stringify(task)).toString('base64url');
	return { task, basis, tables, placed: all, wishes: wished };
}

function asSide(side: Side): SolverSide {
	if ('guestId' in side) return { guest: side.guestId };
	return 'householdId' in side ? { household: side.householdId } : { tag: side.tagId };
}
