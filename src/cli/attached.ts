import { directUrl, settings } from '../lib/kernel/settings.server.ts';
import { attach } from './postgres.ts';

/** Runs `work` with the database of this install, past a pooler: the one that is set, or the embedded one, running or not. */
export async function attached<Result>(work: (databaseUrl: string) => Promise<Result>): Promise<Result> {
	const postgres = settings.DATABASE_URL ? undefined : await attach({ dataDir: settings.DATA_DIR });
	try {
		if (postgres) settings.DATABASE_URL = postgres.url;
		return await work(directUrl()!);
	} finally {
		if (postgres) settings.DATABASE_URL = undefined;
		await postgres?.stop();
	}
}

/**
 * The same for work of the domains, which `work` has to load itself: they connect to the address that is set then.
 * What they refuse is one line here too.
 */
export async function connected<Result>(work: (databaseUrl: string) => Promise<Result>): Promise<Result> {
	return attached(async (databaseUrl) => {
		const { asProblem, db, pool } = await import('../lib/kernel/db/db.server.ts');
		await import('../app/domains.ts');
		try {
			return await work(databaseUrl);
		} catch (error) {
			throw asProblem(error);
		} finally {
			await db.$disconnect();
			await pool.end();
		}
	});
}
