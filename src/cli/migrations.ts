import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm';
import pg from 'pg';

export const folder = resolve(import.meta.dirname, '../../prisma/migrations');
export const filters = { externalTables: [], externalEnums: [] };

export type Migration = { name: string; sql: string; checksum: string };

/** What `prisma/migrations` holds, in the order in which it is applied. */
export function list(from = folder): Migration[] {
	if (!existsSync(from)) return [];
	return readdirSync(from, { withFileTypes: true })
		.filter((entry) => entry.isDirectory())
		.map(({ name }) => name)
		.sort()
		.map((name) => {
			const sql = readFileSync(join(from, name, 'migration.sql'), 'utf8');
			return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
		});
}

/** The same, as Prisma's schema engine takes it. */
export function asEngineInput(migrations: Migration[], from = folder) {
	return {
		baseDir: from,
		lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
		shadowDbInitScript: '',
		migrationDirectories: migrations.map(({ name, sql }) => ({
			path: name,
			migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value: sql } }
		}))
	};
}

/**
 * Lends `use` Prisma's own schema engine, as WebAssembly: nothing to download. Where it asks for a shadow
 * database it gets this one, so `diff` from migrations is for an empty database only.
 */
export async function withEngine<Result>(
	databaseUrl: string,
	use: (engine: SchemaEngine) => Promise<Result>,
	schema = 'datasource db {\n\tprovider = "postgresql"\n}\n'
): Promise<Result> {
	const pool = new Pool({ connectionString: databaseUrl }).on('error', () => {});
	const { SchemaEngine } = await (loaded ??= load());
	const engine = await SchemaEngine.new(
		{ datamodels: [['schema.prisma', schema]] },
		() => {},
		bindMigrationAwareSqlAdapterFactory(new Adapter(pool))
	);
	try {
		return await use(engine);
	} finally {
		engine.free();
		await pool.end();
	}
}

// the adapter does not know Postgres' internal "char" (type 18), which the catalogues that `diff` reads are full
// of: https://github.com/prisma/orm/issues/27403; it reads them as text, and the engine is told what they were
const letters = new WeakMap<unknown[], number[]>();

class Pool extends pg.Pool {
	override query = async (...given: unknown[]) => {
		const run = super.query as (...given: unknown[]) => Promise<pg.QueryResult>;
		const result = await run.apply(this, given);
		const found = [...(result.fields ?? []).keys()].filter(
			(index) => result.fields[index]!.dataTypeID === 18
		);
		for (const index of found) result.fields[index]!.dataTypeID = 25;
		letters.set(result.rows ?? [], found);
		return result;
	};
}

class Adapter extends PrismaPg {
	override async connect() {
		const connected = await super.connect();
		const queryRaw = connected.queryRaw.bind(connected);
		connected.queryRaw = async (query) => {
			const result = await queryRaw(query);
			for (const index of letters.get(result.rows) ?? []) {
				result.columnTypes[index] = ColumnTypeEnum.Character;
			}
			return result;
		};
		return connected;
	}

	override connectToShadowDb() {
		return this.connect();
	}
}

let loaded: ReturnType<typeof load> | undefined;

// once, for the glue has room for one instance; and by hand, because Node still warns about an `import` of WebAssembly
async function load() {
	const glue = await import('@prisma/schema-engine-wasm/schema_engine_bg');
	const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm');
	const bytes = readFileSync(join(dirname(entry), 'schema_engine_bg.wasm'));
	const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': { ...glue } });
	Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: console.error } });
	glue.__wbg_set_wasm(instance.exports);
	(instance.exports.__wbindgen_start as () => void)();
	return glue;
}
