import type { Mail, Prisma } from '../../../prisma/client/client.ts';
import type { Tx } from '../kernel/db.server.ts';
import * as jobs from '../kernel/jobs.server.ts';

export type { Mail };
export type Draft = Omit<Prisma.MailUncheckedCreateInput, 'id' | 'state' | 'reason' | 'createdAt' | 'sentAt'>;

export const QUEUE = 'mail.send';

/** Before others in the queue: someone waits for a login mail, nobody for an invitation. */
const PRIORITY: Record<string, number> = { login: 10 };

/**
 * Writes mails and their jobs in the transaction of the fact that they announce. No secret is in the row:
 * the worker makes links and text when it hands the mail over.
 */
export async function put(tx: Tx, drafts: Draft[]): Promise<void> {
	if (drafts.length === 0) return;
	const mails = await tx.mail.createManyAndReturn({ data: drafts, select: { id: true, kind: true } });
	await announce(tx, mails);
}

/** Adds the jobs of mails whose rows are written already, in the same transaction. */
export function announce(tx: Tx, mails: Pick<Mail, 'id' | 'kind'>[]): Promise<void> {
	return jobs.add(
		tx,
		QUEUE,
		mails.map(({ id, kind }) => ({ data: { mailId: id }, priority: PRIORITY[kind] ?? 0 }))
	);
}
