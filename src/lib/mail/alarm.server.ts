import { DAY, HOUR, MINUTE } from '../kernel/clock.ts';
import { db } from '../kernel/db/db.server.ts';
import * as limits from '../kernel/db/limits.server.ts';
import { Problem } from '../kernel/problem.ts';
import { settings } from '../kernel/settings.server.ts';
import { log } from '../kernel/log/log.server.ts';
import { notify } from '../kernel/log/webhook.server.ts';
import type { NotTaken } from './post.server.ts';

/** Shorter outages mend themselves. A setting that is refused does not, and is told at once. */
const PATIENCE = 15 * MINUTE;

/**
 * Tells the maintainer that no mail leaves, once an hour for all mails and all processes: a mail was not taken that
 * was written `age` seconds ago.
 */
export async function raise({ message, setting }: NotTaken, age: number): Promise<void> {
	if (!settings.WEBHOOK_URL || (!setting && age < PATIENCE)) return;
	if (!(await isFirst('mail-alarm', HOUR))) return;
	const waiting = await db.delivery.count({ where: { state: 'queued' } });
	const advice = setting ? `Look at ${setting}.` : 'It is tried again, for a day.';
	await notify(`${settings.ORIGIN}: mail does not leave, ${waiting} waiting. ${message} ${advice}`);
}

/** Tells the maintainer, once a day, that mails go out without what they should have. */
export async function warn(sentence: string): Promise<void> {
	log.warn(sentence);
	if (!settings.WEBHOOK_URL || !(await isFirst('mail-warning', DAY))) return;
	await notify(`${settings.ORIGIN}: ${sentence}`);
}

/** Of all processes, in so many seconds. */
function isFirst(alarm: string, seconds: number): Promise<boolean> {
	return limits.take(alarm, 'webhook', 1, seconds).then(
		() => true,
		(refusal) => {
			if (refusal instanceof Problem) return false;
			throw refusal;
		}
	);
}
