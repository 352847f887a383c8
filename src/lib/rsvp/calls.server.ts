import * as trail from '../audit/trail.server.ts';
import { now, type Tx } from '../kernel/db/db.server.ts';
import { Problem } from '../kernel/problem.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';

/** Somebody has called a household about its answer, or has not after all. Throws 404. */
export async function mark(
	viewer: Viewer,
	{ householdId, isCalled }: { householdId: string; isCalled: boolean },
	tx: Tx
): Promise<void> {
	permit(viewer, 'answers:edit');
	const { weddingId } = viewer;
	const household = await tx.household.findUnique({ where: { id: householdId, weddingId } });
	if (!household) throw new Problem(404, 'household_not_found');
	const calledAt = isCalled ? await now(tx) : null;
	await tx.rsvp.upsert({
		where: { householdId },
		create: { householdId, weddingId, calledAt },
		update: { calledAt }
	});
	await trail.record(viewer, isCalled ? 'household.called' : 'household.uncalled', { id: householdId }, tx);
}
