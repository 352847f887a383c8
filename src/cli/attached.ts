import { settings } from '../lib/kernel/settings.server.ts';
import { attach } from './postgres.ts';

/** Runs `work` with the database of this install: that of DATABASE_URL, or the embedded one, running or not. */
export async function attached<Result>(work: (databaseUrl: string) => Promise<Result>): Promise<Result> {
	const postgres = settings.DATABASE_URL ? undefined : await attach({ dataDir: settings.DATA_DIR });
	try {
		if (postgres) settings.DATABASE_URL = postgres.url;
		return await work(settings.DATABASE_URL!);
	} finally {
		await postgres?.stop();
	}
}
