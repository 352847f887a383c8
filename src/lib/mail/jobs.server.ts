import { db, now, rows, transaction } from '../kernel/db/db.server.ts';
import { DAY, HOUR } from '../kernel/clock.ts';
import type { Queue } from '../kernel/jobs/jobs.server.ts';
import { inLanguage } from '../i18n/language.server.ts';
import * as alarm from './alarm.server.ts';
import * as letters from './letters.server.ts';
import { type Mail, QUEUE, revive } from './outbox.server.ts';
import * as post from './post.server.ts';

/** After a day of trying a mail is given up, and the couple sees it. */
const GIVE_UP_AFTER = DAY;

/**
 * Sends what is in the outbox, one after the other. A mail whose worker dies between the provider's
 * answer and our note of it is sent twice, never lost.
 */
export const sending: Queue<'mail.send'> = {
	name: QUEUE,
	hasUrgent: true,
	options: {
		retryLimit: 400,
		retryDelay: 2,
		retryBackoff: true,
		retryDelayMax: 300,
		// those of a process that was killed are tried again after this
		heartbeatSeconds: 10,
		// four of them in a row, each with its patience
		expireInSeconds: 120,
		deleteAfterSeconds: DAY
	},
	async work({ mailId }) {
		const mail = await db.mail.findUnique({ where: { id: mailId } });
		if (mail?.state !== 'queued') return;
		if ((await ageOf(mail)) > GIVE_UP_AFTER) return settle(mailId, 'undeliverable', 'too_late');
		await post.waitForTurn();
		await lockAndRun(mailId, () => send(mail));
	}
};

/** Mails that wait without a job. */
export const reviving: Queue<'mail.revive'> = {
	name: 'mail.revive',
	cron: '*/5 * * * *',
	runsAtStart: true,
	options: { deleteAfterSeconds: HOUR },
	work: revive
};

async function send(mail: Mail) {
	const { id } = mail;
	const isStillQueued = await db.mail.count({ where: { id, state: 'queued' } });
	if (!isStillQueued) return;
	const letter = await inLanguage(mail.language, () => letters.compose(mail.kind)(mail));
	if (!letter) return settle(id, 'undeliverable', 'not_wanted');
	try {
		await post.send(id, mail, letter);
		await settle(id, 'sent');
	} catch (error) {
		if (error instanceof post.NotTaken) await alarm.raise(error, await ageOf(mail));
		if (!(error instanceof post.Undeliverable)) throw error;
		await settle(id, 'undeliverable', error.message.slice(0, 300));
	}
}

/** In seconds. */
async function ageOf({ createdAt }: Mail): Promise<number> {
	return ((await now()).getTime() - createdAt.getTime()) / 1000;
}

/** A worker that was taken for dead may still be at this mail: whoever comes second throws, to be tried again. */
function lockAndRun(mailId: string, work: () => Promise<void>): Promise<void> {
	return transaction(
		async (tx) => {
			const take = 'SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS "isMine"';
			const [lock] = await rows<{ isMine: boolean }>('mail-lock', take, [mailId], tx);
			if (!lock!.isMine) throw new post.NotTaken('this mail is being sent already');
			await work();
		},
		{ maxWait: 5000, timeout: 60_000 }
	);
}

async function settle(id: string, state: 'sent' | 'undeliverable', reason: string | null = null) {
	const sentAt = state === 'sent' ? await now() : null;
	await db.mail.updateMany({ where: { id }, data: { state, reason, sentAt } });
}
