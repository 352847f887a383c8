import { before, DAY } from '../../lib/kernel/clock.ts';
import { now, transaction } from '../../lib/kernel/db/db.server.ts';
import type { Queue } from '../../lib/kernel/jobs/jobs.server.ts';
import { log } from '../../lib/kernel/log/log.server.ts';
import { settings } from '../../lib/kernel/settings.server.ts';
import { tables } from '../tables.server.ts';
import { collectGone } from './gone.server.ts';

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
	const gone = await transaction(async (tx) => {
		const limit = before(settings.RETENTION_DAYS! * DAY, await now(tx));
		const gone = collectGone();
		for (const { model, expire } of tables)
			if (typeof expire === 'function') gone.add(model, await expire(limit, tx));
		return gone;
	});
	await gone.finish();
	const mails = gone.count('Message');
	if (mails > 0) log.info({ mails }, 'old mails gone');
}
