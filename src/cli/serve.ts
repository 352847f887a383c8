import { Problem } from '../lib/kernel/problem.ts';
import { directUrl } from '../lib/kernel/settings.server.ts';
import { main as serve } from '../server.ts';
import { migrate } from './migrate.ts';

/**
 * What the container runs: migrations, then the site. Copies that start together wait for each other, and one that
 * is told to stop while it migrates finishes that first.
 */
export async function main() {
	const databaseUrl = directUrl();
	if (!databaseUrl) throw new Problem('DATABASE_URL is not set: the address of a Postgres database.');
	let isStopped = false;
	// the first process of a container is not ended by a signal that it does not listen to
	const stop = () => void (isStopped = true);
	for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, stop);
	await migrate(databaseUrl);
	if (!isStopped) await serve();
}
