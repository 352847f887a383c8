import pg from 'pg';
import { Problem } from '../lib/kernel/problem.ts';
import { folder, list, type Migration } from './migrations.ts';

// any number will do, as long as nothing else in the database locks it
const LOCK = 0x766f7774;

/** As Prisma makes it, so that `prisma migrate deploy` finds what it expects. */
const TABLE = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
	id VARCHAR(36) PRIMARY KEY NOT NULL,
	checksum VARCHAR(64) NOT NULL,
	finished_at TIMESTAMPTZ,
	migration_name VARCHAR(255) NOT NULL,
	logs TEXT,
	rolled_back_at TIMESTAMPTZ,
	started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
	applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;

/**
 * Applies what the folder has and the database has not, and returns the names. Copies that start together wait
 * for each other. `prisma migrate deploy` does the same and can be used in its place, but for one thing: here a
 * migration that fails leaves nothing behind, so that the mended one can be tried at once.
 */
export async function migrate(databaseUrl: string, from = folder): Promise<string[]> {
	const migrations = list(from);
	const client = new pg.Client({ connectionString: databaseUrl, application_name: 'vowtape migrate' });
	await client.connect().catch((error: Error) => {
		throw new Problem(
			`DATABASE_URL: the database cannot be reached (${error.message || (error as { code?: string }).code}).`
		);
	});
	try {
		if ((await missing(client, migrations)).length === 0) return [];
		await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
		const wanted = await missing(client, migrations);
		if (wanted.length > 0) await client.query(TABLE);
		for (const migration of wanted) await apply(client, migration);
		return wanted.map(({ name }) => name);
	} finally {
		await client.end();
	}
}

/** One migration and the word that it was applied are one fact. */
async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
	try {
		await client.query('BEGIN');
		await client.query(sql);
		await client.query(
			`INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
			VALUES (gen_random_uuid(), $1, $2, clock_timestamp(), 1)`,
			[checksum, name]
		);
		await client.query('COMMIT');
	} catch (error) {
		await client.query('ROLLBACK').catch(() => {});
		throw new Problem(`The migration ${name} could not be applied: ${(error as Error).message}.`);
	}
}

async function missing(client: pg.Client, migrations: Migration[]): Promise<Migration[]> {
	const { rows } = await client.query(`SELECT to_regclass('_prisma_migrations') IS NOT NULL AS exists`);
	if (!rows[0].exists) return migrations;
	const applied = await client.query<{ migration_name: string; checksum: string }>(
		'SELECT migration_name, checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL'
	);
	const known = new Map(applied.rows.map((row) => [row.migration_name, row.checksum]));
	const edited = migrations.find(({ name, checksum }) => known.has(name) && known.get(name) !== checksum);
	if (edited)
		throw new Problem(
			`The migration ${edited.name} was changed after it had been applied: add a new one instead.`
		);
	return migrations.filter(({ name }) => !known.has(name));
}

export async function main() {
	const { directUrl } = await import('../lib/kernel/settings.server.ts');
	const url = directUrl();
	if (!url) throw new Problem('DATABASE_URL is not set: npm start looks after its own.');
	const names = await migrate(url);
	console.log(names.length ? `Applied ${names.join(', ')}.` : 'The database is up to date.');
}
