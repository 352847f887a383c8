import pg from 'pg';
import { Refusal } from '../lib/kernel/refusal.ts';
import { asEngineInput, filters, folder, list, withEngine, type Migration } from './migrations.ts';

// any number will do, as long as nothing else in the database locks it
const LOCK = 0x766f7774;

/**
 * Applies what the folder has and the database has not, and returns the names. Copies that start together wait
 * for each other. `prisma migrate deploy` does the same and can be used in its place.
 */
export async function migrate(databaseUrl: string, from = folder): Promise<string[]> {
	const migrations = list(from);
	const client = new pg.Client({ connectionString: databaseUrl, application_name: 'vowtape migrate' });
	await client.connect().catch((error: Error) => {
		throw new Refusal(
			`DATABASE_URL: the database cannot be reached (${error.message || (error as { code?: string }).code}).`
		);
	});
	try {
		if (await isApplied(client, migrations)) return [];
		await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
		if (await isApplied(client, migrations)) return [];
		return await apply(client, databaseUrl, asEngineInput(migrations, from));
	} finally {
		await client.end();
	}
}

type Input = ReturnType<typeof asEngineInput>;

async function apply(client: pg.Client, databaseUrl: string, migrationsList: Input): Promise<string[]> {
	try {
		const result = await withEngine(databaseUrl, (engine) =>
			engine.applyMigrations({ migrationsList, filters })
		);
		return result.appliedMigrationNames;
	} catch (error) {
		const { rows } = await client.query<{ name: string }>(
			'SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NULL AND rolled_back_at IS NULL'
		);
		// what follows is where in the engine's own source it happened
		const [reason] = (error as Error).message.split(/\n\s*0: /);
		throw new Refusal(`The migration ${rows[0]?.name ?? ''} could not be applied: ${reason}`);
	}
}

async function isApplied(client: pg.Client, migrations: Migration[]): Promise<boolean> {
	const { rows } = await client.query(`SELECT to_regclass('_prisma_migrations') IS NOT NULL AS exists`);
	if (!rows[0].exists) return migrations.length === 0;
	const applied = await client.query<{ migration_name: string; checksum: string }>(
		'SELECT migration_name, checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL'
	);
	const known = new Map(applied.rows.map((row) => [row.migration_name, row.checksum]));
	const edited = migrations.find(({ name, checksum }) => known.has(name) && known.get(name) !== checksum);
	if (edited)
		throw new Refusal(
			`The migration ${edited.name} was changed after it had been applied: add a new one instead.`
		);
	return migrations.every(({ name }) => known.has(name));
}

export async function main() {
	const { directUrl } = await import('../lib/kernel/settings.server.ts');
	const url = directUrl();
	if (!url) throw new Refusal('DATABASE_URL is not set: npm start looks after its own.');
	const names = await migrate(url);
	console.log(names.length ? `Applied ${names.join(', ')}.` : 'The database is up to date.');
}
