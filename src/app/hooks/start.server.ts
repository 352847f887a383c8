import type { ServerInit } from '@sveltejs/kit/hooks';
import * as authJobs from '#lib/auth/jobs.server.ts';
import * as requests from '#lib/auth/requests.server.ts';
import { pool } from '#lib/kernel/db/db.server.ts';
import * as jobs from '#lib/kernel/jobs/jobs.server.ts';
import { log } from '#lib/kernel/log/log.server.ts';
import { settings } from '#lib/kernel/settings.server.ts';
import * as expiry from '../../operate/erase/expiry.server.ts';
import * as opsJobs from '../../operate/backup/jobs.server.ts';
import * as mailJobs from '#lib/mail/jobs.server.ts';
import * as outbox from '#lib/mail/outbox.server.ts';
import * as watch from '../../operate/telemetry/watch.server.ts';
import * as peopleJobs from '#lib/people/jobs.server.ts';
import * as recordingJobs from '#lib/recordings/jobs.server.ts';
import * as programme from '#lib/recordings/programme.server.ts';

/** The work in the background begins with the process, and ends with it. */
export const init: ServerInit = async () => {
	await watch.begin();
	const queues = [
		mailJobs.sending({ login: authJobs.login, invitation: peopleJobs.inviting(programme.count) }),
		mailJobs.reviving,
		authJobs.sweeping,
		recordingJobs.fingerprinting,
		recordingJobs.sweeping,
		...opsJobs.backups(),
		...(settings.RETENTION_DAYS ? [expiry.expiring] : [])
	];
	const started = jobs.start(queues.map(watch.watched));
	for (const sweep of [recordingJobs.sweep, outbox.revive])
		started.then(sweep).catch((error) => log.warn({ error: String(error) }, 'not swept'));
	process.on('sveltekit:shutdown', (_reason: string, waitUntil: (work: Promise<unknown>) => void) => {
		waitUntil(
			requests
				.settled()
				.then(() => jobs.stop())
				.then(() => watch.end())
				.then(() => pool.end())
		);
	});
};
