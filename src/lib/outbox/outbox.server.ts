import { rows, transaction, type Tx } from '../kernel/db/db.server.ts';
import * as jobs from '../kernel/jobs/jobs.server.ts';
import { log } from '../kernel/log/log.server.ts';
import * as letters from './letters.server.ts';
import type { Draft, Mail } from './message.ts';

export const QUEUE = 'outbox.send';
/** For mails that somebody waits for: they wait for none of the others. */
export const URGENT_QUEUE = 'outbox.urgent';
export const RUN_QUEUE = 'outbox.run';

type Added = { id: string; kind: string; startAfter?: Date | null };

/** Writes messages, their deliveries and their jobs in the transaction of the fact that they announce. */
export async function put(drafts: Draft[], tx: Tx): Promise<void> {
	if (drafts.length === 0) return;
	await announce(await rows<Added>('outbox-put', PUT, [JSON.stringify(drafts), null], tx), tx);
}

/** The same as one run, that goes out in chunks and says how far it is. Its id. */
export async function start(weddingId: string, drafts: Draft[], tx: Tx): Promise<string> {
	const { id } = await tx.run.create({ data: { weddingId, kind: drafts[0]!.kind }, select: { id: true } });
	await rows('outbox-put', PUT, [JSON.stringify(drafts), id], tx);
	await goOn(id, 0, tx);
	return id;
}

/** More go out as a run, which says how far it is. */
export const HANDFUL = 5;

/** Few by themselves, many as one run; gives back its id. */
export async function send(drafts: Draft[], tx: Tx): Promise<string | undefined> {
	if (drafts.length > HANDFUL) return start(drafts[0]!.weddingId, drafts, tx);
	await put(drafts, tx);
	return undefined;
}

/** Sees to it that somebody goes on with the run in so many seconds at the latest. */
export async function goOn(runId: string, seconds: number, tx: Tx): Promise<void> {
	const waiting = await rows(
		'run-job',
		`SELECT 1 FROM jobs.job WHERE name = $1 AND state < 'active' AND data ->> 'runId' = $2
			AND start_after <= now() + ($3::float8 + 1) * interval '1 second' LIMIT 1`,
		[RUN_QUEUE, runId, seconds],
		tx
	);
	if (waiting.length > 0) return;
	const startAfter = seconds > 0 ? { startAfter: Math.ceil(seconds) } : {};
	await jobs.add(RUN_QUEUE, [{ runId }], startAfter, tx);
}

const PUT = `
	WITH draft AS MATERIALIZED (
		SELECT uuidv7() AS id, uuidv7() AS message_id, d.* FROM jsonb_to_recordset($1::jsonb) AS d (
			"weddingId" uuid, kind text, payload jsonb, language text, "accountId" uuid, "householdId" uuid,
			"guestId" uuid, "sendAfter" timestamptz, address text, name text
		)
	), written AS (
		INSERT INTO message (
			id, wedding_id, run_id, kind, payload, language, account_id, household_id, guest_id, send_after
		)
		SELECT message_id, "weddingId", $2::uuid, kind, coalesce(payload, '{}'), language, "accountId", "householdId",
			"guestId", coalesce("sendAfter", date_trunc('milliseconds', now()))
		FROM draft
	), added AS (
		INSERT INTO delivery (id, wedding_id, message_id, address, name)
		SELECT id, "weddingId", message_id, address, coalesce(name, '') FROM draft RETURNING id
	)
	SELECT id, kind, "sendAfter" AS "startAfter" FROM draft JOIN added USING (id) ORDER BY id`;

/** Adds the jobs of deliveries whose rows are written already, in the same transaction. */
export async function announce(added: Added[], tx: Tx): Promise<void> {
	const groups = Map.groupBy(added, ({ kind, startAfter }) =>
		JSON.stringify([letters.isUrgent(kind), startAfter ?? null])
	);
	for (const [key, some] of groups) {
		const [isUrgent, startAfter] = JSON.parse(key) as [boolean, string | null];
		const options = startAfter ? { startAfter: new Date(startAfter) } : {};
		const payloads = some.map(({ id }) => ({ deliveryId: id }));
		await jobs.add(isUrgent ? URGENT_QUEUE : QUEUE, payloads, options, tx);
	}
}

/** What is to be sent, and how far it is; null when it is gone. */
export async function find(id: string): Promise<Mail | null> {
	const [mail] = await rows<Mail>('outbox-find', `${FIND} WHERE d.id = $1`, [id]);
	return mail ?? null;
}

export const FIND = `
	SELECT d.id, d.message_id AS "messageId", d.wedding_id AS "weddingId", m.kind, m.payload, m.language,
		m.account_id AS "accountId", m.household_id AS "householdId", m.guest_id AS "guestId",
		m.send_after AS "sendAfter", m.created_at AS "createdAt", d.address, d.name, d.state
	FROM delivery d JOIN message m ON m.id = d.message_id`;

/** Runs with something to send, or a chunk that somebody has to look after, and nobody who will. */
const STRANDED = `
	SELECT r.id FROM run r WHERE (
		EXISTS (SELECT FROM chunk WHERE run_id = r.id) OR (r.state = 'running' AND EXISTS (
			SELECT FROM message m JOIN delivery d ON d.message_id = m.id WHERE m.run_id = r.id AND d.state = 'queued'
		))
	) AND NOT EXISTS (
		SELECT FROM jobs.job WHERE name = $1 AND state <= 'active' AND data ->> 'runId' = r.id::text
	) ORDER BY r.id`;

/**
 * Gives a new job to each delivery that waits without one: it has failed for good, was deleted, or got lost. A delivery
 * and its job are one fact, so that one which is being written or sent has its own. The same for each run.
 */
export function revive(): Promise<void> {
	return transaction(async (tx) => {
		// one process at a time, or each would add its own
		await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('mails without a job'))`;
		const lost = await rows<Added>(
			'deliveries-without-job',
			`SELECT d.id, m.kind, m.send_after AS "startAfter" FROM delivery d JOIN message m ON m.id = d.message_id
			WHERE d.state = 'queued' AND m.run_id IS NULL AND NOT EXISTS (
				SELECT FROM jobs.job WHERE name = ANY($1) AND state <= 'active' AND data ->> 'deliveryId' = d.id::text
			) ORDER BY d.id`,
			[[QUEUE, URGENT_QUEUE]],
			tx
		);
		await announce(lost, tx);
		if (lost.length > 0) log.warn({ mails: lost.length }, 'mails had no job');
		// those of the release before, whose mails have jobs of ours by now; goes with the view that it sees them by
		await tx.$executeRaw`DELETE FROM jobs.job WHERE name = 'mail.send' AND state < 'active'`;
		const stranded = await rows<{ id: string }>('runs-without-job', STRANDED, [RUN_QUEUE], tx);
		for (const { id } of stranded) await goOn(id, 0, tx);
	});
}
