import * as trail from '../audit/trail.server.ts';
import { db, now, rows, transaction } from '../kernel/db/db.server.ts';
import * as jobs from '../kernel/jobs/jobs.server.ts';
import { Problem } from '../kernel/problem.ts';
import { permit, type Viewer } from '../kernel/viewer.ts';
import { announce } from '../live/announce.server.ts';
import * as weddings from '../weddings/weddings.server.ts';
import * as history from './history.server.ts';
import * as plans from './plans.server.ts';
import { compare, judge } from './proposal.ts';
import type { NewProposal } from './proposal.schema.ts';
import type { Seating } from './solver/seating.ts';
import * as task from './task.server.ts';

/** Begins to work out seats; what was worked out before is forgotten. Throws 409 while that is under way, and for nothing to do. */
export function start(viewer: Viewer, planId: string, asked: NewProposal): Promise<void> {
	permit(viewer, 'tables:edit');
	const { weddingId } = viewer;
	return transaction(async (tx) => {
		await weddings.hold(weddingId, tx);
		const plan = await plans.get(viewer, planId, tx);
		const where = { planId, weddingId };
		if (await tx.seatingProposal.count({ where: { ...where, state: 'working' } }))
			throw new Problem(409, 'solve_under_way');
		const { task: given } = await task.read(viewer, plan, asked, tx);
		if (given.tables.length === 0) throw new Problem(409, 'solve_no_tables');
		const isDone = given.sits.length === given.guests.length;
		if (given.guests.length === 0 || (asked.mode === 'rest' && isDone))
			throw new Problem(409, 'solve_nobody');
		await tx.seatingProposal.deleteMany({ where });
		const { id: proposalId } = await tx.seatingProposal.create({ data: { ...asked, ...where } });
		await jobs.add('tables.solve', [{ proposalId }], {}, tx);
		await trail.record(viewer, 'seating.solved', { id: planId, mode: asked.mode }, tx);
		await announce(weddingId, 'proposals', tx);
	});
}

/** Its answer is the best until now. Does nothing where there is one already. */
export function stop(viewer: Viewer, planId: string): Promise<void> {
	permit(viewer, 'tables:edit');
	const { weddingId } = viewer;
	return transaction(async (tx) => {
		const where = { planId, weddingId, state: 'working' as const };
		await tx.seatingProposal.updateMany({ where, data: { isStopping: true } });
		await announce(weddingId, 'proposals', tx);
	});
}

/** Forgets it, also one that is still worked out. */
export function leave(viewer: Viewer, planId: string, id: string): Promise<void> {
	permit(viewer, 'tables:edit');
	const { weddingId } = viewer;
	return transaction(async (tx) => {
		await tx.seatingProposal.deleteMany({ where: { id, planId, weddingId } });
		await announce(weddingId, 'proposals', tx);
	});
}

/** How far it is; and once it is ready, what would be otherwise, and which wishes hold. */
export async function look(viewer: Viewer, planId: string) {
	permit(viewer, 'tables:edit');
	const plan = await plans.get(viewer, planId);
	const found = await db.seatingProposal.findUnique({ where: { planId, weddingId: viewer.weddingId } });
	if (!found) return null;
	const { id, mode, withSilent, seed, state, share, holding, wishes, isStopping, createdAt } = found;
	const seconds = Math.max(0, ((await now()).getTime() - createdAt.getTime()) / 1000);
	const about = { id, mode, withSilent, seed };
	if (state !== 'ready')
		return { ...about, state, progress: { share, holding, wishes, isStopping, seconds } } as const;
	const { basis, ...known } = await task.read(viewer, plan, found);
	const answer = found.answer as unknown as Seating;
	return {
		...{ ...about, state, isStale: basis !== found.basis, isStopped: answer.ended !== 'done' },
		difference: compare(known.placed, known.tables.map(nameOnly), answer),
		judged: judge(answer, { ...known, tables: known.tables.map(nameOnly) })
	} as const;
}
export type Look = NonNullable<Awaited<ReturnType<typeof look>>>;

const nameOnly = ({ id, number, name }: { id: string; number: number; name: string }) => ({
	...{ id, number, name }
});

/**
 * Everybody sits as it says, by one change that can be taken back. Throws 409 when it has been taken or left meanwhile,
 * and when guests, seats, tables or wishes are not those any more from which it was worked out.
 */
export function take(viewer: Viewer, planId: string, id: string): Promise<void> {
	permit(viewer, 'tables:edit');
	const { weddingId } = viewer;
	return plans.change(viewer, planId, 'seating.proposal_taken', async (plan, tx) => {
		const found = await tx.seatingProposal.findUnique({ where: { id, planId, weddingId, state: 'ready' } });
		if (!found) throw new Problem(409, 'proposal_gone');
		const { places, unseated } = found.answer as unknown as Seating;
		const guestIds = [...places, ...unseated].map(({ guest }) => guest);
		await history.holdHouseholds(viewer, guestIds, tx);
		const { basis } = await task.read(viewer, plan, found, tx);
		if (basis !== found.basis) throw new Problem(409, 'proposal_stale');
		const before = await history.read(planId, tx);
		const isNew = ({ guest, table, seat }: Seating['places'][0]) => {
			const old = before.get(guest);
			return old?.tableId !== table || old.number !== seat;
		};
		const changed = places.filter(isNew);
		const leaving = [...changed, ...unseated].map(({ guest }) => guest);
		await tx.seat.deleteMany({ where: { planId, weddingId, guestId: { in: leaving } } });
		const own = { planId, weddingId, eventId: plan.eventId };
		await tx.seat.createMany({
			data: changed.map(({ guest, table, seat }) => ({
				...{ ...own, guestId: guest, tableId: table, number: seat }
			}))
		});
		await tx.freedSeat.deleteMany({ where: { planId, weddingId, guestId: { in: guestIds } } });
		await history.remember(viewer, planId, before, tx);
		await tx.seatingProposal.delete({ where: { id, weddingId } });
		await announce(weddingId, 'proposals', tx);
	});
}

/** Another one whenever one is further, ready, taken or left. */
export async function version(viewer: Viewer): Promise<string> {
	permit(viewer, 'tables:edit');
	const [found] = await rows<{ version: string }>(
		'proposals-version',
		`SELECT md5(coalesce(string_agg(concat_ws('.', id, state, share, holding, is_stopping), ' ' ORDER BY id), '')) AS version
		FROM seating_proposal WHERE wedding_id = $1::uuid`,
		[viewer.weddingId]
	);
	return found!.version;
}
