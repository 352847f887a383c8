import { HOUR, MINUTE } from '../kernel/clock.ts';
import { db } from '../kernel/db/db.server.ts';
import * as limits from '../kernel/db/limits.server.ts';
import { Problem } from '../kernel/problem.ts';
import { settings } from '../kernel/settings.server.ts';
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
	if (!(await isFirstThisHour())) return;
	const waiting = await db.delivery.count({ where: { state: 'queued' } });
	const advice = setting ? `Look at ${setting}.` : 'It is tried again, for a day.';
	await notify(`${settings.ORIGIN}: mail does not leave, ${waiting} waiting. ${message} ${advice}`);
}

function isFirstThisHour(): Promise<boolean> {
	return limits.take('mail-alarm', 'webhook', 1, HOUR).then(
		() => true,
		(refusal) => {
			if (refusal instanceof Problem) return false;
			throw refusal;
		}
	);
}
