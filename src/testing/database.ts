import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { migrate } from '../cli/migrate.ts';
import { startThrowaway } from '../cli/throwaway.ts';

declare module 'vitest' {
	interface ProvidedContext {
		databases: string;
	}
}

/** Before all tests: one throwaway Postgres, migrated once, and copied for each worker. */
export default async function setup({ provide, config }: TestProject): Promise<() => Promise<void>> {
	const { url, stop } = await startThrowaway();
	await migrate(url);
	const client = new pg.Client({ connectionString: url.replace('/vowtape?', '/postgres?') });
	await client.connect();
	for (let worker = 1; worker <= config.maxWorkers; worker++) {
		await client.query(`CREATE DATABASE worker_${worker} TEMPLATE vowtape`);
	}
	await client.end();
	provide('databases', url);
	return stop;
}
