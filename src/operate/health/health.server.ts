import { MINUTE } from '../../lib/kernel/clock.ts';
import { rows } from '../../lib/kernel/db/db.server.ts';
import * as files from '../../lib/kernel/files/files.server.ts';
import * as jobs from '../../lib/kernel/jobs/jobs.server.ts';
import * as listUnsubscribe from '../../lib/mail/list-unsubscribe.server.ts';
import { QUEUE, URGENT_QUEUE } from '../../lib/outbox/outbox.server.ts';

/**
 * `unready`: no request can be answered, so a proxy or a deploy turns to another copy. `degraded`: pages are
 * answered while something behind them stands still, which no other copy would do better: a person has to look.
 */
export type Health = {
	status: 'ready' | 'degraded' | 'unready';
	problems: string[];
	/** what is as good as it gets here, and worth knowing: nobody is woken by it */
	remarks: string[];
};

/** Whoever asks waits five seconds at most; a Postgres that hangs does not answer at all. */
const PATIENCE_MS = 3000;
const OLDEST_MAIL = 15 * MINUTE;
const OLDEST_JOB = 5 * MINUTE;

/** Looks anew each time. What it says holds no secret: anybody may ask. */
export async function check(patienceMs = PATIENCE_MS): Promise<Health> {
	const [answers, freeBytes, isReachable] = await Promise.all([
		limitTime(patienceMs, isAnswering()),
		freeSpace(),
		limitTime(patienceMs, files.isReachable())
	]);
	if (!answers) return { status: 'unready', problems: ['database: does not answer'], remarks: [] };
	if (!jobs.hasStarted()) return { status: 'unready', problems: ['jobs: not started yet'], remarks: [] };

	const [ages, isPlain] = await Promise.all([
		limitTime(patienceMs, measureWaiting()),
		limitTime(patienceMs, listUnsubscribe.isMissing())
	]);
	const problems = [
		freeBytes === null && 'disk: UPLOADS_DIR cannot be read',
		freeBytes !== null && freeBytes < files.SPARE_BYTES && 'disk: less than 1 GB is free, no recording fits',
		!isReachable && 'bucket: does not answer, no recording can be heard',
		!ages && 'database: answers slowly',
		ages && ages.mail > OLDEST_MAIL && `mail: the oldest has waited for ${minutes(ages.mail)}`,
		ages && ages.job > OLDEST_JOB && `jobs: the oldest has waited for ${minutes(ages.job)}`
	].filter((problem) => typeof problem === 'string');
	const remarks = isPlain
		? ['mail: MailerSend’s plan takes no List-Unsubscribe, mails have their link alone']
		: [];
	return { status: problems.length > 0 ? 'degraded' : 'ready', problems, remarks };
}

/** The free space where recordings go, in bytes; null when there is no such place. */
export function freeSpace(): Promise<number | null> {
	return files.freeBytes().catch(() => null);
}

async function isAnswering(): Promise<true> {
	await rows('ready', 'SELECT 1', []);
	return true;
}

/** For how many seconds the oldest mail that is not of a run, which may rest for a day, and the oldest other job that could be done, have waited. */
async function measureWaiting(): Promise<{ mail: number; job: number }> {
	const [ages] = await rows<{ mail: number; job: number }>(
		'waiting',
		`SELECT
			coalesce((
				SELECT extract(epoch FROM now() - min(m.send_after)) FROM delivery d JOIN message m ON m.id = d.message_id
				WHERE d.state = 'queued' AND m.send_after <= now() AND m.run_id IS NULL
			), 0)::float8 AS mail,
			coalesce((
				SELECT extract(epoch FROM now() - min(start_after)) FROM jobs.job
				WHERE state < 'active' AND start_after <= now() AND name <> ALL($1)
			), 0)::float8 AS job`,
		[[QUEUE, URGENT_QUEUE]]
	);
	return ages!;
}

/** Null for an error too. */
async function limitTime<Result>(ms: number, work: Promise<Result>): Promise<Result | null> {
	const late = Promise.withResolvers<null>();
	const timer = setTimeout(() => late.resolve(null), ms);
	return Promise.race([work.catch(() => null), late.promise]).finally(() => clearTimeout(timer));
}

const minutes = (seconds: number) => `${Math.floor(seconds / MINUTE)} minutes`;
