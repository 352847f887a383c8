import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settings } from '../lib/kernel/settings.server.ts';
import { build } from './build.ts';
import { list } from './migrations.ts';
import { freePort } from '../testing/free-port.ts';

const admin = new pg.Client({ connectionString: settings.DATABASE_URL });
const name = `serve_${process.pid}`;
const url = settings.DATABASE_URL!.replace(/\/\w+\?/, `/${name}?`);

beforeAll(async () => {
	await build();
	await admin.connect();
	await admin.query(`CREATE DATABASE ${name} TEMPLATE template0`);
}, 120_000);
afterAll(async () => {
	await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
	await admin.end();
});

/** The process of a container. */
function start(env: Record<string, string>) {
	const child = spawn(process.execPath, [join(import.meta.dirname, 'run.js'), 'serve'], {
		env: {
			...process.env,
			NODE_ENV: 'production',
			ORIGIN: 'https://wedding.example',
			DATABASE_URL: url,
			LOG_LEVEL: 'warn',
			...env
		}
	});
	const ended = Promise.all([text(child.stderr), once(child, 'exit')]);
	return { child, ended };
}

/** Answers as soon as the site says that it is ready. */
async function ready(port: number): Promise<void> {
	const isReady = () =>
		fetch(`http://127.0.0.1:${port}/health/ready`).then(
			({ ok }) => ok,
			() => false
		);
	await expect.poll(isReady, { timeout: 15_000, interval: 50 }).toBe(true);
}

describe('serve', () => {
	it('migrates an empty database together with a second copy, serves, and ends when it is told to', async () => {
		const ports = [await freePort(), await freePort()];
		const copies = ports.map((port) => start({ PORT: String(port) }));
		await Promise.all(ports.map(ready));
		const client = new pg.Client({ connectionString: url });
		await client.connect();
		const { rows } = await client.query('SELECT migration_name FROM _prisma_migrations');
		await client.end();
		expect(rows.map(({ migration_name }) => migration_name).sort()).toEqual(list().map((one) => one.name));

		for (const { child } of copies) child.kill('SIGTERM');
		for (const { ended } of copies) expect(await ended).toEqual(['', [0, null]]);
	});

	it('finishes a migration that it waits for when it is told to stop, and does not open then', async () => {
		const client = new pg.Client({ connectionString: url });
		await client.connect();
		await client.query('UPDATE _prisma_migrations SET rolled_back_at = now()');
		await client.query('SELECT pg_advisory_lock(1987016564)');
		const port = await freePort();
		const { child, ended } = start({ PORT: String(port) });
		const waiting = () =>
			client
				.query(
					`SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
						AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`
				)
				.then((r) => r.rowCount);
		await expect.poll(waiting, { timeout: 15_000 }).toBe(1);
		child.kill('SIGTERM');
		await client.query('UPDATE _prisma_migrations SET rolled_back_at = NULL');
		await client.query('SELECT pg_advisory_unlock(1987016564)');
		expect(await ended).toEqual(['', [0, null]]);
		await client.end();
	});

	it.each([
		[{ PORT: 'http' }, /^PORT must be a whole number.*\n$/],
		[{ DATABASE_URL: '' }, /^DATABASE_URL is not set.*\n$/],
		[
			{ DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none' },
			/^DATABASE_URL: the database cannot be reached.*\n$/
		],
		[{ HOST: '192.0.2.1' }, /^HOST: cannot listen on 192.0.2.1.*\n$/]
	])('says in one line what is wrong with %o', async (env, line) => {
		const [errors, [code]] = await start(env as Record<string, string>).ended;
		expect(errors).toMatch(line);
		expect(code).toBe(1);
	});
});
