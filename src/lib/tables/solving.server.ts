import { MINUTE } from '../kernel/clock.ts';
import { db, rows, transaction } from '../kernel/db/db.server.ts';
import type { Prisma } from '../../../prisma/client/client.ts';
import { TaskError } from '../kernel/jobs/child.server.ts';
import type { Queue } from '../kernel/jobs/jobs.server.ts';
import { log } from '../kernel/log/log.server.ts';
import { announce } from '../live/announce.server.ts';
import { system } from '../weddings/system.ts';
import * as plans from './plans.server.ts';
import type { Seating } from './solver/seating.ts';
import { solve, stop as stopThreads } from './solver/solve.server.ts';
import type { Progress } from './solver/solver.ts';
import * as task from './task.server.ts';

/** How often it says how far it is, and hears that it is to stop. */
const TELL_MS = 400;

/** Works out seats. One whose process has ended begins anew in the next. */
export const solving: Queue<'tables.solve'> = {
	name: 'tables.solve',
	atOnce: 1,
	options: {
		...{ retryLimit: 20, retryDelay: 1, heartbeatSeconds: 10 },
		...{ expireInSeconds: 15 * MINUTE }
	},
	work: ({ proposalId }, signal) => work(proposalId, signal)
};

let isEnding = false;

/** Ends what is under way, which the next process does. */
export function stop(): Promise<void> {
	isEnding = true;
	return stopThreads();
}

const NOTHING: Progress = { share: 0, score: 0, holding: 0, wishes: 0 };

/** Does nothing for one that is done, or gone with its plan. */
export async function work(id: string, signal?: AbortSignal): Promise<void> {
	const begun = await tell(id, NOTHING);
	// with its plan put back it would be under way for ever
	if (!begun) return void (await db.seatingProposal.deleteMany({ where: { id, state: 'working' } }));
	const { weddingId, planId, mode, withSilent, seed } = begun;
	const viewer = system(weddingId);
	const plan = await plans.get(viewer, planId);
	const { task: given, basis } = await task.read(viewer, plan, { mode, withSilent });
	const stopping = new AbortController();
	if (begun.isStopping) stopping.abort();
	try {
		const seating = await solve(
			{ ...given, seed },
			{
				onProgress: writer(id, stopping),
				signal: AbortSignal.any([stopping.signal, ...(signal ? [signal] : [])])
			}
		);
		signal?.throwIfAborted();
		await finish(id, { state: 'ready', basis, answer: seating as unknown as Prisma.InputJsonValue });
		report(seating);
	} catch (error) {
		// what may be better in a minute, or in the next process, is tried again
		if (isEnding || signal?.aborted || !(error instanceof TaskError)) throw error;
		log.warn({ id, error: String(error) }, 'no seats worked out');
		await finish(id, { state: 'failed' });
	}
}

function report({ places, steps, ended }: Seating): void {
	log.info({ seats: places.length, steps, ended }, 'seats worked out');
}

function finish(id: string, data: Prisma.SeatingProposalUpdateManyMutationInput): Promise<void> {
	return transaction(async (tx) => {
		const { weddingId } = (await tx.seatingProposal.findUnique({ where: { id } })) ?? {};
		if (!weddingId) return;
		await tx.seatingProposal.updateMany({ where: { id, state: 'working' }, data });
		await announce(weddingId, 'proposals', tx);
	});
}

/** Writes down now and then how far it is; ends it where somebody wants that, and where nobody waits for it any more. */
function writer(id: string, stopping: AbortController): (progress: Progress) => void {
	let last = performance.now();
	return (progress) => {
		if (performance.now() - last < TELL_MS) return;
		last = performance.now();
		// in time or not at all
		tell(id, progress).then(
			(found) => (!found || found.isStopping) && stopping.abort(),
			() => {}
		);
	};
}

type Told = Prisma.SeatingProposalGetPayload<{
	select: { weddingId: true; planId: true; mode: true; withSilent: true; seed: true; isStopping: true };
}>;

/** Nothing for one that is not worked out any more, or whose plan is gone. */
function tell(id: string, { share, holding, wishes }: Progress): Promise<Told | undefined> {
	return transaction(async (tx) => {
		const [found] = await rows<Told>('proposal-tell', TELL, [id, share, holding, wishes], tx);
		if (found) await announce(found.weddingId, 'proposals', tx);
		return found;
	});
}

const TELL = `
	UPDATE seating_proposal s SET share = $2, holding = $3, wishes = $4 FROM plan p
	WHERE s.id = $1::uuid AND s.state = 'working' AND p.id = s.plan_id AND p.removed_at IS NULL
	RETURNING s.wedding_id AS "weddingId", s.plan_id AS "planId", s.mode::text, s.with_silent AS "withSilent",
		s.seed, s.is_stopping AS "isStopping"`;

/** Those that nobody has taken in a day. */
export async function forget(): Promise<void> {
	await db.$executeRaw`DELETE FROM seating_proposal WHERE created_at < now() - interval '1 day'`;
}
