import { before, DAY } from '../../lib/kernel/clock.ts';
import { now, transaction } from '../../lib/kernel/db/db.server.ts';
import type { Queue } from '../../lib/kernel/jobs/jobs.server.ts';
import { log } from '../../lib/kernel/log/log.server.ts';
import { settings } from '../../lib/kernel/settings.server.ts';
import * as mailbox from '../../lib/mail/mailbox.server.ts';

declare module '../../lib/kernel/jobs/jobs.server.ts' {
	interface Queues {
		'ops.expiry': object;
	}
}

/** Every day, where RETENTION_DAYS says for how long. */
export const expiring: Queue<'ops.expiry'> = { name: 'ops.expiry', cron: '27 3 * * *', work: expire };

/**
 * Once a wedding has been over for RETENTION_DAYS, what is older than as many days goes: its mails, sessions and links, and
 * the details of the audit. Guests, answers and recordings stay until somebody erases them; a wedding without a day
 * is not over.
 */
export async function expire(): Promise<void> {
	const mails = await transaction(async (tx) => {
		const limit = before(settings.RETENTION_DAYS! * DAY, await now(tx));
		const wedding = { heldOn: { lt: limit } };
		const old = { wedding, createdAt: { lt: limit } };
		const mails = await tx.mail.findMany({
			where: { ...old, state: { not: 'queued' } },
			select: { id: true }
		});
		await tx.loginLink.deleteMany({ where: old });
		await tx.session.deleteMany({ where: old });
		await tx.mail.deleteMany({ where: { id: { in: mails.map(({ id }) => id) } } });
		await tx.auditEntry.updateMany({
			where: { wedding, at: { lt: limit }, NOT: { data: { equals: {} } } },
			data: { data: {} }
		});
		return mails;
	});
	await mailbox.forget(mails.map(({ id }) => id));
	if (mails.length > 0) log.info({ mails: mails.length }, 'old mails gone');
}
