import { execFile } from 'node:child_process';
import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { db } from '../lib/kernel/db/db.server.ts';
import { migrate } from './migrate.ts';
import { throwaway } from './throwaway.ts';

const run = promisify(execFile);

/** Runs the command as npm does, and gives what it printed. */
function command(settings: NodeJS.ProcessEnv, ...args: string[]): Promise<string> {
	const env = { ...process.env, LOCAL: '1', ...settings };
	return run(process.execPath, ['src/cli/run.js', 'couple', ...args], { env }).then(
		({ stdout }) => stdout,
		({ stderr }) => Promise.reject(new Error(stderr))
	);
}
const couple = (DATABASE_URL: string, ...args: string[]) => command({ DATABASE_URL }, ...args);

describe('npm run couple', () => {
	it('makes the first account and the wedding, then adds to it, on a database that is still empty', async () => {
		await throwaway(async (url) => {
			expect(await couple(url, 'anna@example.org', 'Anna & Ben')).toContain(
				'anna@example.org can log in now'
			);
			await couple(url, 'ben@example.org');
			await couple(url, 'Anna <ANNA@example.org>,');
			await migrate(url);
			const { default: pg } = await import('pg');
			const client = new pg.Client({ connectionString: url });
			await client.connect();
			const { rows } = await client.query(
				`SELECT w.names, a.email, m.role FROM member m JOIN account a ON a.id = m.account_id
				JOIN wedding w ON w.id = m.wedding_id ORDER BY a.email`
			);
			await client.end();
			expect(rows).toEqual([
				{ names: 'Anna & Ben', email: 'anna@example.org', role: 'couple' },
				{ names: 'Anna & Ben', email: 'ben@example.org', role: 'couple' }
			]);
		});
	});

	it('needs neither a database nor a running site on a new install', async () => {
		const folder = await mkdtemp(join(tmpdir(), 'vowtape-couple-'));
		await chmod(folder, 0o711);
		const env = { DATABASE_URL: '', DATA_DIR: folder, UPLOADS_DIR: join(folder, 'uploads') };
		for (const email of ['anna@example.org', 'ben@example.org'])
			expect(await command(env, email)).toContain(`${email} can log in now`);
		for (const path of [await realpath(join(folder, 'postgres')), folder])
			await rm(path, { recursive: true, force: true });
	});

	it('goes to its own database, whatever else the shell says of Postgres', async () => {
		const folder = await mkdtemp(join(tmpdir(), 'vowtape-couple-'));
		await chmod(folder, 0o711);
		const shell = {
			...{ PGHOST: '192.0.2.1', PGPORT: '1', PGUSER: 'somebody', PGPASSWORD: 'secret', PGDATABASE: 'other' },
			...{
				PGSSLMODE: 'require',
				PGSSLNEGOTIATION: 'direct',
				PGOPTIONS: '-c default_transaction_read_only=on'
			},
			...{ PGDATA: folder, PGREPLICATION: 'database', PGCLIENT_ENCODING: 'LATIN1', PGAPPNAME: 'other' }
		};
		const embedded = { DATABASE_URL: '', DATA_DIR: folder, UPLOADS_DIR: join(folder, 'uploads') };
		expect(await command({ ...shell, ...embedded }, 'anna@example.org')).toContain('can log in now');
		for (const path of [await realpath(join(folder, 'postgres')), folder])
			await rm(path, { recursive: true, force: true });
		await throwaway(async (DATABASE_URL) => {
			expect(await command({ ...shell, DATABASE_URL }, 'anna@example.org')).toContain('can log in now');
		});
	});

	it('asks for an address in one line when there is none', async () => {
		const before = await db.account.count();
		await expect(couple(process.env.DATABASE_URL!, 'not an address')).rejects.toThrow(
			/^Give an email address: npm run couple -- anna@example.org "Anna & Ben"\n$/
		);
		expect(await db.account.count()).toBe(before);
	});
});
