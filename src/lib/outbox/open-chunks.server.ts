import { db, transaction } from '../kernel/db/db.server.ts';
import { DAY, MINUTE } from '../kernel/clock.ts';
import { log } from '../kernel/log/log.server.ts';
import * as bulk from '../mail/bulk.server.ts';
import * as quota from '../mail/quota.server.ts';
import * as chunks from './chunks.server.ts';
import * as suppressions from './suppressions.server.ts';

/*
 * Chunks that nobody has settled: of some the answer is missing, because their process was killed or the mail service
 * was silent; the others were taken, and it is only seen later which of them could not be sent.
 */

/** MailerSend may list later what it has taken: after so long it will not. */
const UNTIL_LISTED = 5 * MINUTE;

export async function exist(runId: string): Promise<boolean> {
	return (await db.chunk.count({ where: { runId } })) > 0;
}

/** Throws NotTaken where the mail service has to be asked and does not answer. */
export async function settle(runId: string): Promise<void> {
	for (const chunk of await chunks.listDue(runId)) {
		if (!chunk.handedAt) await chunks.takeBack(chunk.id);
		// a folder takes a mail twice and has it once
		else if (quota.isLocal) await chunks.giveBack(chunk.id);
		else if (chunk.bulkId) await learnOutcome(chunk, chunk.bulkId);
		else await findOut(chunk, chunk.handedAt);
	}
}

/** Whether it was taken: what the mail service says, else the couple is asked. */
async function findOut({ id, age, deliveryIds }: chunks.Open, handedAt: Date): Promise<void> {
	const taken = await bulk.findTaken(id, handedAt);
	const missing = taken && deliveryIds.filter((one) => !taken.has(one));
	if (missing?.length === 0) return chunks.settleSent(id, null);
	if (missing && age < UNTIL_LISTED) return;
	if (missing && missing.length === deliveryIds.length) return chunks.giveBack(id);
	await chunks.settle(id, 'unsure', new Map((missing ?? deliveryIds).map((one) => [one, 'no_answer'])));
	await chunks.settleSent(id, null);
}

/** Which of those that were taken could not be sent. To whom the mail service sends nothing any more, no run sends again. */
async function learnOutcome({ id, age, deliveryIds }: chunks.Open, bulkId: string): Promise<void> {
	const outcome = await bulk.findOutcome(bulkId).catch((error: { statusCode?: number; message?: string }) => {
		log.warn({ status: error.statusCode, error: error.message }, 'what came of mails is not known yet');
		return null;
	});
	if (!outcome) return age > DAY ? chunks.remove(id) : undefined;
	const reasons = [...outcome.reasons].flatMap(([place, why]): [string, string][] =>
		deliveryIds[place] ? [[deliveryIds[place], why]] : []
	);
	const suppressed = await db.delivery.findMany({
		where: { chunkId: id, address: { in: outcome.suppressed, mode: 'insensitive' } },
		select: { id: true, weddingId: true, address: true }
	});
	await transaction(async (tx) => {
		await chunks.settle(id, 'failed', new Map(suppressed.map((one) => [one.id, 'suppressed'])), tx);
		for (const { weddingId, address } of suppressed)
			await suppressions.add(weddingId, { address, reason: 'bounced', categories: ['all'] }, tx);
		await chunks.settle(id, 'failed', new Map(reasons), tx);
		await chunks.remove(id, tx);
	});
}
