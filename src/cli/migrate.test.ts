import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settings } from '../lib/kernel/settings.server.ts';
import { migrate } from './migrate.ts';
import { difference } from './migration.ts';
import { asEngineInput, filters, folder, list, withEngine } from './migrations.ts';

const admin = new pg.Client({ connectionString: settings.DATABASE_URL });
const names: string[] = [];
const folders: string[] = [];

beforeAll(() => admin.connect());
afterAll(async () => {
	for (const name of names) await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
	await admin.end();
	for (const path of folders) rmSync(path, { recursive: true });
});

async function emptyDatabase(): Promise<string> {
	const name = `migrate_${process.pid}_${names.length}`;
	names.push(name);
	await admin.query(`CREATE DATABASE ${name} TEMPLATE template0`);
	return settings.DATABASE_URL!.replace(/\/\w+\?/, `/${name}?`);
}

function scratch(): string {
	folders.push(mkdtempSync(join(tmpdir(), 'vowtape-migrations-')));
	return folders.at(-1)!;
}

function migrations(...statements: string[]): string {
	const path = scratch();
	for (const [index, sql] of statements.entries()) add(path, `2026010${index + 1}000000_step`, sql);
	return path;
}

function add(path: string, name: string, sql: string) {
	mkdirSync(join(path, name), { recursive: true });
	writeFileSync(join(path, name, 'migration.sql'), sql);
}

describe('migrate', () => {
	it('applies what is missing, once, in order', async () => {
		const url = await emptyDatabase();
		const path = migrations('CREATE TABLE a (id int);', 'ALTER TABLE a ADD COLUMN b int;');
		expect(await migrate(url, path)).toEqual(['20260101000000_step', '20260102000000_step']);
		expect(await migrate(url, path)).toEqual([]);
		add(path, '20260103000000_later', 'DROP TABLE a;');
		expect(await migrate(url, path)).toEqual(['20260103000000_later']);
	});

	it('lets one of several that start together do the work', async () => {
		const url = await emptyDatabase();
		const path = migrations('CREATE TABLE a (id int);');
		const applied = await Promise.all([migrate(url, path), migrate(url, path), migrate(url, path)]);
		expect(applied.flat()).toEqual(['20260101000000_step']);
	});

	it('refuses a migration that was edited after it had been applied', async () => {
		const url = await emptyDatabase();
		const path = migrations('CREATE TABLE a (id int);');
		await migrate(url, path);
		add(path, '20260101000000_step', 'CREATE TABLE b (id int);');
		await expect(migrate(url, path)).rejects.toThrow('20260101000000_step was changed');
	});

	it('names the migration that fails', async () => {
		const path = migrations('CREATE TABLE a (id int); SELECT nonsense;');
		await expect(migrate(await emptyDatabase(), path)).rejects.toThrow('20260101000000_step');
	});

	it('leaves nothing of one that fails, and takes it when it is mended', async () => {
		const url = await emptyDatabase();
		const path = migrations('CREATE TABLE a (id int);', 'CREATE TABLE b (id int); SELECT nonsense;');
		const failed =
			/^The migration 20260102000000_step could not be applied: column "nonsense" does not exist\.$/;
		for (let time = 0; time < 2; time++) await expect(migrate(url, path)).rejects.toThrow(failed);
		add(path, '20260102000000_step', 'CREATE TABLE b (id int);');
		expect(await migrate(url, path)).toEqual(['20260102000000_step']);
		expect(await migrate(url, path)).toEqual([]);
	});

	it("leaves Prisma's own nothing to do", async () => {
		const url = await emptyDatabase();
		await migrate(url);
		const migrationsList = asEngineInput(list());
		const { appliedMigrationNames } = await withEngine(url, (engine) =>
			engine.applyMigrations({ migrationsList, filters })
		);
		expect(appliedMigrationNames).toEqual([]);
	});

	it('says that the database cannot be reached', async () => {
		await expect(migrate('postgresql://nobody@127.0.0.1:1/none')).rejects.toThrow(
			/^DATABASE_URL: .*ECONNREFUSED/
		);
	});
});

describe('migrations', () => {
	it('make what schema.prisma says', async () => {
		const path = join(folder, '../schema.prisma');
		expect(await difference(await emptyDatabase(), readFileSync(path, 'utf8'), path)).toBe('');
	});

	it('are written from what changed in the schema', async () => {
		const copy = scratch();
		cpSync(folder, copy, { recursive: true });
		const path = join(folder, '../schema.prisma');
		const schema = readFileSync(path, 'utf8').replace('model Wedding {', 'model Wedding {\n\tmotto String?');
		expect(await difference(await emptyDatabase(), schema, path, copy)).toContain(
			'ADD COLUMN     "motto" TEXT'
		);
		expect(list(copy)).toEqual(list());
	});
});
