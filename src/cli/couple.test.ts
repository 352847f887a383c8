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

	it('makes a second wedding at a host of its own, once the first has one too', async () => {
		await throwaway(async (url) => {
			const ORIGIN = 'https://anna-and-ben.example';
			const at = (...args: string[]) => command({ DATABASE_URL: url, ORIGIN }, ...args);
			await at('anna@example.org', 'Anna & Ben');
			const first = 'npm run couple -- anna@example.org --host anna-and-ben.example';
			await expect(at('eva@example.org', 'Eva & Tom', '--host', 'eva.example')).rejects.toThrow(
				`Anna & Ben answers for every host. Give it one of its own first: ${first}\n`
			);
			await expect(at('eva@example.org', '--host', 'eva.example')).rejects.toThrow(
				'Give it one of its own first'
			);
			expect(await at('ANNA@example.org', '--host', 'Anna-and-Ben.example:443')).toContain(`${ORIGIN}/login`);

			await expect(at('eva@example.org', '--host', 'eva.example')).rejects.toThrow(
				/^There is no wedding at eva\.example: add the names of the couple to make one\.\n$/
			);
			expect(await at('eva@example.org', 'Eva & Tom', '--host', 'eva.example')).toBe(
				'eva@example.org can log in now: https://eva.example/login\n'
			);
			await at('tom@example.org', '--host', 'eva.example');
			await expect(at('cem@example.org', 'Cem & Dana', '--host', 'eva.example')).rejects.toThrow(
				'eva.example has a wedding already, that of Eva & Tom: leave the names out to let cem@example.org in there.'
			);
			await expect(at('cem@example.org')).rejects.toThrow(
				'There are several weddings: add --host and one of anna-and-ben.example (Anna & Ben), eva.example (Eva & Tom).'
			);
			await expect(at('cem@example.org', 'Cem & Dana', '--host', 'https://cem.example/')).rejects.toThrow(
				'Give --host as guests type it, without https://'
			);
			const { default: pg } = await import('pg');
			const client = new pg.Client({ connectionString: url });
			await client.connect();
			const { rows } = await client.query(
				`SELECT w.host, a.email FROM member m JOIN account a ON a.id = m.account_id
				JOIN wedding w ON w.id = m.wedding_id ORDER BY a.email`
			);
			await client.end();
			expect(rows).toEqual([
				{ host: 'anna-and-ben.example', email: 'anna@example.org' },
				{ host: 'eva.example', email: 'eva@example.org' },
				{ host: 'eva.example', email: 'tom@example.org' }
			]);
		});
	});

	it('moves a wedding to another host, and remembers where it was', async () => {
		await throwaway(async (url) => {
			const at = (...args: string[]) =>
				command({ DATABASE_URL: url, ORIGIN: 'https://old.example' }, ...args);
			await at('anna@example.org', 'Anna & Ben', '--host', 'old.example');
			const moving = ['--host', 'new.example', '--from', 'old.example'];
			await expect(at('eva@example.org', ...moving)).rejects.toThrow(
				'Only the couple moves a wedding: npm run couple -- anna@example.org --host new.example --from old.example'
			);
			await expect(at('anna@example.org', '--from', 'old.example')).rejects.toThrow('Add --host');
			for (const from of ['old.example', 'older.example']) {
				const said = await at('anna@example.org', '--host', 'new.example', '--from', from);
				expect(said).toBe('anna@example.org can log in now: https://new.example/login\n');
			}
			const { default: pg } = await import('pg');
			const client = new pg.Client({ connectionString: url });
			await client.connect();
			const { rows } = await client.query('SELECT host, former_hosts AS former FROM wedding');
			await client.end();
			expect(rows).toEqual([{ host: 'new.example', former: ['old.example', 'older.example'] }]);
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
