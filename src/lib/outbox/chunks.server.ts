import { db, rows, transaction, type Tx } from '../kernel/db/db.server.ts';
import * as facts from '../kernel/facts.server.ts';
import { system } from '../weddings/system.ts';
import type { Mail } from './message.ts';
import { FIND } from './outbox.server.ts';

/*
 * A run goes out in chunks. A delivery is claimed with its chunk, in a transaction of its own, before anything leaves, so
 * that no two processes have it. Just before the chunk leaves it is marked as handed over: what was claimed by a process
 * that died before that has certainly not left, and of what was handed over the mail service is asked.
 */

/** Its process has let it down when nobody has settled it after so long. */
export const PATIENCE_SECONDS = 60;

export type Chunk = { id: string; mails: Mail[] };

/** Seconds until the run has something that may leave; null while it is paused, and when nothing is left. */
export async function findNext(runId: string): Promise<number | null> {
	const [next] = await rows<{ seconds: number | null }>(
		'chunk-next',
		`SELECT extract(epoch FROM min(m.send_after) - now())::float8 AS seconds
		FROM run r JOIN message m ON m.run_id = r.id JOIN delivery d ON d.message_id = m.id
		WHERE r.id = $1::uuid AND r.state = 'running' AND d.state = 'queued'`,
		[runId]
	);
	const { seconds } = next!;
	return seconds && Math.max(0, seconds);
}

/** Takes the next ones of a run that is running; null when there are none, or it was paused. */
export async function claim(runId: string, size: number): Promise<Chunk | null> {
	const id = await transaction(async (tx) => {
		// whoever pauses or stops it waits for this, and the other way round
		const lock = `SELECT 1 FROM run WHERE id = $1::uuid AND state = 'running' FOR NO KEY UPDATE`;
		if ((await rows('run-lock', lock, [runId], tx)).length === 0) return null;
		const [claimed] = await rows<{ id: string }>('chunk-claim', CLAIM, [runId, size], tx);
		return claimed?.id ?? null;
	});
	if (!id) return null;
	return {
		id,
		mails: await rows<Mail>('chunk-mails', `${FIND} WHERE d.chunk_id = $1::uuid ORDER BY d.id`, [id])
	};
}

const CLAIM = `
	WITH next AS MATERIALIZED (
		SELECT d.id FROM delivery d JOIN message m ON m.id = d.message_id
		WHERE m.run_id = $1::uuid AND d.state = 'queued' AND m.send_after <= now()
		ORDER BY d.id LIMIT $2::int FOR UPDATE OF d SKIP LOCKED
	), made AS (
		INSERT INTO chunk (wedding_id, run_id) SELECT wedding_id, id FROM run
		WHERE id = $1::uuid AND EXISTS (SELECT FROM next) RETURNING id
	), claimed AS (
		UPDATE delivery d SET state = 'sending', chunk_id = made.id FROM next, made WHERE d.id = next.id
	)
	SELECT id FROM made`;

/** Says that these leave now, in this order; false when they may not, for the run was paused or the chunk taken back. */
export async function handOver(id: string, deliveryIds: string[]): Promise<boolean> {
	const handed = await rows(
		'chunk-hand-over',
		`UPDATE chunk c SET handed_at = now(), delivery_ids = $2::uuid[], look_at = now() + $3 * interval '1 second'
		FROM run r WHERE c.id = $1::uuid AND c.handed_at IS NULL AND r.id = c.run_id AND r.state = 'running'
		RETURNING c.id`,
		[id, deliveryIds, PATIENCE_SECONDS]
	);
	return handed.length > 0;
}

/** None of it has left, but for what was settled: the others wait again, or are skipped where the run was stopped. */
export function giveBack(id: string): Promise<void> {
	return transaction((tx) => queueAgain(id, tx));
}

/** The same, of a chunk whose process has not handed it over: from then on that process cannot. */
export function takeBack(id: string): Promise<void> {
	return transaction(async (tx) => {
		const lock = 'SELECT 1 FROM chunk WHERE id = $1::uuid AND handed_at IS NULL FOR UPDATE';
		if ((await rows('chunk-unhanded', lock, [id], tx)).length > 0) await queueAgain(id, tx);
	});
}

async function queueAgain(id: string, tx: Tx): Promise<void> {
	const lock = `SELECT r.state FROM run r JOIN chunk c ON c.run_id = r.id WHERE c.id = $1::uuid FOR NO KEY UPDATE OF r`;
	const [run] = await rows<{ state: string }>('chunk-run-lock', lock, [id], tx);
	const isStopped = run?.state === 'stopped';
	await tx.delivery.updateMany({
		where: { chunkId: id, state: 'sending' },
		data: isStopped ? STOPPED : { state: 'queued' }
	});
	await remove(id, tx);
}

/** All is known about it. */
export async function remove(id: string, tx: Tx = db): Promise<void> {
	await rows('chunk-remove', 'DELETE FROM chunk WHERE id = $1::uuid', [id], tx);
}

/** What becomes of those that have not left when their run is stopped. */
export const STOPPED = { state: 'skipped', reason: 'stopped' } as const;

export type Ending = 'skipped' | 'failed' | 'unsure';

/** How some of the chunk ended that were on their way, or taken so far, with the reason of each. */
export async function settle(
	id: string,
	ending: Ending,
	reasons: Map<string, string>,
	tx: Tx = db
): Promise<void> {
	await rows(
		'chunk-settle',
		`UPDATE delivery d SET state = $2::delivery_state, reason = left(nullif(e.reason, ''), 300)
		FROM unnest($3::uuid[], $4::text[]) AS e (id, reason)
		WHERE d.id = e.id AND d.chunk_id = $1::uuid AND d.state IN ('sending', 'sent')`,
		[id, ending, [...reasons.keys()], [...reasons.values()]],
		tx
	);
}

/** All that is on its way with it was taken; `bulkId` where the mail service can be asked what came of it. */
export function settleSent(id: string, bulkId: string | null): Promise<void> {
	return transaction(async (tx) => {
		const chunk = await tx.chunk.findUnique({ where: { id } });
		// somebody else found out first, or the wedding is gone
		if (!chunk) return;
		await rows(
			'chunk-sent',
			`UPDATE delivery SET state = 'sent', sent_at = now() WHERE chunk_id = $1::uuid AND state = 'sending'`,
			[id],
			tx
		);
		if (bulkId) await tx.chunk.updateMany({ where: { id }, data: { bulkId } });
		else await remove(id, tx);
		await facts.announce(system(chunk.weddingId), 'run.moved', { id: chunk.runId }, tx);
	});
}

export type Open = {
	id: string;
	handedAt: Date | null;
	/** in seconds, since it was handed over */
	age: number;
	deliveryIds: string[];
	bulkId: string | null;
};

/** Chunks of a run that somebody has to look after; nobody else does for as long as a process may take. */
export function listDue(runId: string): Promise<Open[]> {
	return rows<Open>(
		'chunks-due',
		`UPDATE chunk SET look_at = now() + $2 * interval '1 second' WHERE run_id = $1::uuid AND look_at <= now()
		RETURNING id, handed_at AS "handedAt", extract(epoch FROM now() - handed_at)::float8 AS age,
			delivery_ids AS "deliveryIds", bulk_id AS "bulkId"`,
		[runId, PATIENCE_SECONDS]
	);
}
