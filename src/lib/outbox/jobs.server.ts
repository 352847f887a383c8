import type { QueueOptions } from 'pg-boss';
import { db, now, rows, transaction } from '../kernel/db/db.server.ts';
import { DAY, HOUR } from '../kernel/clock.ts';
import type { Queue } from '../kernel/jobs/jobs.server.ts';
import * as alarm from '../mail/alarm.server.ts';
import * as bulk from '../mail/bulk.server.ts';
import * as post from '../mail/post.server.ts';
import * as quota from '../mail/quota.server.ts';
import { log } from '../kernel/log/log.server.ts';
import * as letters from './letters.server.ts';
import type { Mail } from './message.ts';
import { find, QUEUE, revive, URGENT_QUEUE } from './outbox.server.ts';

/** After a day of trying a mail is given up, and the couple sees it. */
const GIVE_UP_AFTER = DAY;

/**
 * Sends what is in the outbox, one after the other. A mail whose worker dies between the provider's
 * answer and our note of it is sent twice, never lost.
 */
export const sending: Queue<'outbox.send'> = { name: QUEUE, options: tryAgain(400, 300), work };

/** They leave soon after an outage. */
export const urgent: Queue<'outbox.urgent'> = { name: URGENT_QUEUE, options: tryAgain(6000, 15), work };

/** So many times, which are enough for a day, and at most so many seconds after each other. */
function tryAgain(retryLimit: number, retryDelayMax: number): QueueOptions {
	return {
		...{ retryLimit, retryDelay: 2, retryBackoff: true, retryDelayMax },
		// those of a process that was killed are tried again after this
		heartbeatSeconds: 10,
		// four of them in a row, each with its patience
		expireInSeconds: 120,
		deleteAfterSeconds: DAY
	};
}

async function work({ deliveryId }: { deliveryId: string }): Promise<void> {
	const mail = await find(deliveryId);
	if (mail?.state !== 'queued') return;
	if ((await ageOf(mail)) > GIVE_UP_AFTER) return settle(deliveryId, 'failed', 'too_late');
	await post.waitForTurn();
	await lockAndRun(deliveryId, () => send(mail));
}

/** Mails that wait without a job; and what is left of the day is asked for, so that runs can say how long they take. */
export const reviving: Queue<'outbox.revive'> = {
	name: 'outbox.revive',
	cron: '*/5 * * * *',
	runsAtStart: true,
	options: { deleteAfterSeconds: HOUR },
	async work() {
		await revive();
		if (!(await quota.findDay()))
			await bulk.learnDay().catch((error) => log.warn({ error: String(error) }, 'quota'));
	}
};

async function send(mail: Mail) {
	const { id } = mail;
	const isStillQueued = await db.delivery.count({ where: { id, state: 'queued' } });
	if (!isStillQueued) return;
	const letter = await letters.write(mail);
	if ('skipped' in letter) return settle(id, 'skipped', letter.skipped);
	try {
		const providerId = await post.send(id, mail, letter);
		await settle(id, 'sent', null, providerId);
	} catch (error) {
		if (error instanceof post.NotTaken) await alarm.raise(error, await ageOf(mail));
		if (!(error instanceof post.Undeliverable)) throw error;
		await settle(id, 'failed', error.message.slice(0, 300));
	}
}

/** In seconds. */
async function ageOf({ sendAfter }: Mail): Promise<number> {
	return ((await now()).getTime() - sendAfter.getTime()) / 1000;
}

/** A worker that was taken for dead may still be at this mail: whoever comes second throws, to be tried again. */
function lockAndRun(deliveryId: string, work: () => Promise<void>): Promise<void> {
	return transaction(
		async (tx) => {
			const take = 'SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS "isMine"';
			const [lock] = await rows<{ isMine: boolean }>('mail-lock', take, [deliveryId], tx);
			if (!lock!.isMine) throw new post.NotTaken('this mail is being sent already');
			await work();
		},
		{ maxWait: 5000, timeout: 60_000 }
	);
}

/** Unless a report has come first, which knows more. */
async function settle(
	id: string,
	state: 'sent' | 'skipped' | 'failed',
	reason: string | null = null,
	providerId: string | null = null
) {
	const sentAt = state === 'sent' ? await now() : null;
	const data = { state, reason, sentAt, providerId };
	await db.delivery.updateMany({ where: { id, state: 'queued' }, data });
}
