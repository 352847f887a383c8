import { mkdirSync } from 'node:fs';
import { build } from '../cli/build.ts';
import { migrate } from '../cli/migrate.ts';
import { startThrowaway } from '../cli/throwaway.ts';
import { mailbox } from './wedding.ts';

/** Before all journeys: the built site, and a migrated Postgres whose database each file of them gets a copy of. */
export default async function setup(): Promise<() => Promise<void>> {
	mkdirSync(mailbox(), { recursive: true });
	await build();
	const { url, stop } = await startThrowaway();
	await migrate(url);
	process.env.E2E_DATABASE = url;
	return stop;
}
