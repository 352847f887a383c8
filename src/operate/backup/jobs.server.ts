import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants, setPriority } from 'node:os';
import type { Queue } from '../../lib/kernel/jobs/jobs.server.ts';
import { log } from '../../lib/kernel/log/log.server.ts';
import { Problem } from '../../lib/kernel/problem.ts';
import { settings } from '../../lib/kernel/settings.server.ts';
import { notify } from '../../lib/kernel/log/webhook.server.ts';

declare module '../../lib/kernel/jobs/jobs.server.ts' {
	interface Queues {
		'ops.backup': object;
	}
}

/** A first backup over a slow line takes its time. */
const LONGEST_SECONDS = 23 * 3600;

/** The queue of backups, where BACKUP_TO asks for them. Throws a Problem without a key: who restores has the other half. */
export function backups(): Queue<'ops.backup'>[] {
	if (!settings.BACKUP_TO) return [];
	if (settings.BACKUP_RECIPIENT) return [backing];
	throw new Problem(
		'BACKUP_RECIPIENT is not set: BACKUP_TO needs a public key of age (age-keygen makes one).'
	);
}

/**
 * A backup every hour, where BACKUP_TO says where to. In a process of its own, and a modest one: encrypting keeps a
 * core busy, and the pages have only one. The maintainer is told when it fails.
 */
export const backing: Queue<'ops.backup'> = {
	name: 'ops.backup',
	cron: '7 * * * *',
	// one that could not begin within the hour is not missed: the next one does the same
	options: { retryLimit: 0, expireInSeconds: LONGEST_SECONDS, retentionSeconds: 3000 },
	async work() {
		const failure = await run('backup');
		if (!failure) return;
		log.error({ failure }, 'backup failed');
		await notify(`${settings.ORIGIN}: the backup failed. ${failure}`);
		// so that the age of the last good one goes on growing
		throw new Error('the backup failed');
	}
};

/**
 * Runs one of our commands beside what is running. What it complains of, or nothing when it went well. Ends with this
 * process, which would otherwise wait for it, for hours perhaps; then it throws, for nothing has failed.
 */
async function run(name: string): Promise<string> {
	const env = { ...process.env, DATABASE_URL: settings.DATABASE_URL };
	// run.js has started us, and starts every other command
	const args = [process.argv[1]!, name];
	const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
	let errors = '';
	child.stderr.setEncoding('utf8').on('data', (text) => (errors = (errors + text).slice(-1000)));
	// without a pid it could not be started, which the next line throws
	if (child.pid) setPriority(child.pid, constants.priority.PRIORITY_LOW);
	let isStopping = false;
	const stop = () => (isStopping = child.kill());
	process.once('sveltekit:shutdown', stop);
	const [code] = await once(child, 'close').finally(() => process.off('sveltekit:shutdown', stop));
	if (isStopping) throw new Error(`${name} was stopped with the site`);
	return code === 0 ? '' : errors.trim() || `It ended with ${code}.`;
}
