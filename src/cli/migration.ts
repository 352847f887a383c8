import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Problem } from '../lib/kernel/problem.ts';
import { asEngineInput, filters, folder, list, withEngine } from './migrations.ts';
import { throwaway } from './throwaway.ts';

/**
 * `npm run migration -- NAME`: writes the step from what the migrations make to what schema.prisma says.
 * The engine finds the former out by applying them to a database of its own, on a Postgres that is then gone.
 */
export async function main([name = '']: string[]) {
	if (!/^[a-z][a-z0-9_]*$/.test(name)) {
		throw new Problem('Give the migration a name in lower case: npm run migration -- add_table_plan');
	}
	const path = resolve(folder, '../schema.prisma');
	const schema = readFileSync(path, 'utf8');
	const sql = await throwaway((url) => difference(url, schema, path));
	if (!sql) return console.log('Nothing to do: the migrations already make what schema.prisma says.');

	const now = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
	const target = join(folder, `${now}_${name}`);
	mkdirSync(target, { recursive: true });
	writeFileSync(join(target, 'migration.sql'), sql);
	writeFileSync(join(folder, 'migration_lock.toml'), asEngineInput([]).lockfile.content);
	console.log(join(target, 'migration.sql'));
}

export async function difference(
	databaseUrl: string,
	schema: string,
	path: string,
	from = folder
): Promise<string> {
	const { stdout } = await withEngine(
		databaseUrl,
		(engine) =>
			engine.diff({
				from: { tag: 'migrations', ...asEngineInput(list(from), from) },
				to: { tag: 'schemaDatamodel', files: [{ path, content: schema }] },
				script: true,
				exitCode: null,
				filters
			}),
		schema
	);
	return /^\s*(--.*)?\s*$/.test(stdout ?? '') ? '' : stdout!;
}
