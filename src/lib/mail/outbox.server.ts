import type { Mail, Prisma } from '../../../prisma/client/client.ts';
import { db, rows, transaction, type Tx } from '../kernel/db/db.server.ts';
import * as jobs from '../kernel/jobs/jobs.server.ts';
import { log } from '../kernel/log/log.server.ts';
import type { Kind } from './letter.ts';
import * as letters from './letters.server.ts';

export type { Mail };
type Row = Omit<Prisma.MailUncheckedCreateInput, 'id' | 'state' | 'reason' | 'createdAt' | 'sentAt'>;
export type Draft = Row & { kind: Kind };

export const QUEUE = 'mail.send';

/** It overtakes the others, and leaves soon after an outage: these are enough tries for a day. */
const URGENT = { priority: 10, retryDelayMax: 15, retryLimit: 6000 };

/**
 * Writes mails and their jobs in the transaction of the fact that they announce. No secret is in the row:
 * the worker makes links and text when it hands the mail over.
 */
export async function put(drafts: Draft[], tx: Tx): Promise<void> {
	if (drafts.length === 0) return;
	const mails = await tx.mail.createManyAndReturn({ data: drafts, select: { id: true, kind: true } });
	await announce(mails, tx);
}

export async function filterOwn(weddingId: string, ids: string[]): Promise<string[]> {
	const mails = await db.mail.findMany({ where: { weddingId, id: { in: ids } }, select: { id: true } });
	return mails.map(({ id }) => id);
}

/** Adds the jobs of mails whose rows are written already, in the same transaction. */
export async function announce(mails: Pick<Mail, 'id' | 'kind'>[], tx: Tx): Promise<void> {
	const { urgent = [], other = [] } = Object.groupBy(mails, ({ kind }) =>
		letters.isUrgent(kind) ? 'urgent' : 'other'
	);
	const payloads = (some: Pick<Mail, 'id'>[]) => some.map(({ id }) => ({ mailId: id }));
	await jobs.add(QUEUE, payloads(urgent), URGENT, tx);
	await jobs.add(QUEUE, payloads(other), {}, tx);
}

/**
 * Gives a new job to each mail that waits without one: it has failed for good, was deleted, or got lost. A mail and
 * its job are one fact, so that a mail which is being written or sent has its own.
 */
export function revive(): Promise<void> {
	return transaction(async (tx) => {
		// one process at a time, or each would add its own
		await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('mails without a job'))`;
		const mails = await rows<Pick<Mail, 'id' | 'kind'>>(
			'mails-without-job',
			`SELECT id, kind FROM mail WHERE state = 'queued' AND NOT EXISTS (
				SELECT FROM jobs.job WHERE name = $1 AND state <= 'active' AND data ->> 'mailId' = mail.id::text
			) ORDER BY id`,
			[QUEUE],
			tx
		);
		await announce(mails, tx);
		if (mails.length > 0) log.warn({ mails: mails.length }, 'mails had no job');
	});
}
