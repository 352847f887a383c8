import type { ServerInit } from '@sveltejs/kit/hooks';
import { pool } from '#lib/kernel/db/db.server.ts';
import { canSeal } from '#lib/kernel/db/sealed.server.ts';
import { all } from '#lib/kernel/domain.ts';
import * as jobs from '#lib/kernel/jobs/jobs.server.ts';
import { log } from '#lib/kernel/log/log.server.ts';
import { settings } from '#lib/kernel/settings.server.ts';
import { backups } from '../../operate/backup/jobs.server.ts';
import { expiring } from '../../operate/erase/expiry.server.ts';
import * as watch from '../../operate/telemetry/watch.server.ts';
import { queues as domainQueues } from '../domains.ts';

/** The work in the background begins with the process, and ends with it. */
export const init: ServerInit = async () => {
	await watch.begin();
	if (!canSeal()) log.warn('DATA_KEY is not set: guests are not asked what they eat');
	const queues = [...domainQueues(), ...backups(), ...(settings.RETENTION_DAYS ? [expiring] : [])];
	const started = jobs.start(queues.map(watch.watchQueue));
	for (const { name, work } of queues.filter(({ runsAtStart }) => runsAtStart))
		// as by the clock, which gives a job nothing
		started
			.then(() => work({} as never))
			.catch((error) => log.warn({ name, error: String(error) }, 'not run at start'));
	process.on('sveltekit:shutdown', (_reason: string, waitUntil: (work: Promise<unknown>) => void) => {
		waitUntil(
			Promise.all(all().map(({ stop }) => stop?.()))
				.then(() => jobs.stop())
				.then(() => watch.end())
				.then(() => pool.end())
		);
	});
};
