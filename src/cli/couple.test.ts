import { execFile } from 'node:child_process';
import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
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

/** The same in this process, which has an empty database for it. */
async function tell(...args: string[]): Promise<string> {
	const { admit, read } = await import('./couple.ts');
	return admit(read(args));
}

async function useOrigin(origin: string) {
	const { settings } = await import('../lib/kernel/settings.server.ts');
	settings.ORIGIN = origin;
}

const own = process.env.DATABASE_URL!;
let client: pg.Client;

beforeAll(async () => {
	client = new pg.Client({ connectionString: own });
	await client.connect();
	await client.query('CREATE DATABASE couple TEMPLATE vowtape');
	// before anything reads its settings
	process.env.DATABASE_URL = own.replace(/worker_\d+/, 'couple');
	await import('../app/domains.ts');
});
beforeEach(() => ask('TRUNCATE wedding, account CASCADE'));
afterAll(() => client.end());

async function ask(sql: string): Promise<object[]> {
	const { db } = await import('../lib/kernel/db/db.server.ts');
	return db.$queryRawUnsafe(sql);
}

const MEMBERS = `
	SELECT w.names, w.host, a.email FROM member m JOIN account a ON a.id = m.account_id
	JOIN wedding w ON w.id = m.wedding_id ORDER BY a.email`;

describe('npm run couple', () => {
	it('makes the first account and the wedding, then adds to it', async () => {
		const { host } = new URL('http://localhost:3000');
		expect(await tell('anna@example.org', 'Anna & Ben')).toBe(
			`anna@example.org can log in now: http://${host}/login`
		);
		await tell('ben@example.org');
		await tell('Anna <ANNA@example.org>,');
		expect(await ask(MEMBERS)).toEqual([
			{ names: 'Anna & Ben', host: null, email: 'anna@example.org' },
			{ names: 'Anna & Ben', host: null, email: 'ben@example.org' }
		]);
	});

	it('makes a second wedding at a host of its own, once the first has one too', async () => {
		await useOrigin('https://anna-and-ben.example');
		await tell('anna@example.org', 'Anna & Ben');
		const first = 'npm run couple -- anna@example.org --host anna-and-ben.example';
		await expect(tell('eva@example.org', 'Eva & Tom', '--host', 'eva.example')).rejects.toThrow(
			`Anna & Ben answers for every host. Give it one of its own first: ${first}`
		);
		await expect(tell('eva@example.org', '--host', 'eva.example')).rejects.toThrow(
			'Give it one of its own first'
		);
		expect(await tell('ANNA@example.org', '--host', 'Anna-and-Ben.example:443')).toContain(
			'https://anna-and-ben.example/login'
		);

		await expect(tell('eva@example.org', '--host', 'eva.example')).rejects.toThrow(
			/^There is no wedding at eva\.example: add the names of the couple to make one\.$/
		);
		expect(await tell('eva@example.org', 'Eva & Tom', '--host', 'eva.example')).toBe(
			'eva@example.org can log in now: https://eva.example/login'
		);
		await tell('tom@example.org', '--host', 'eva.example');
		await expect(tell('cem@example.org', 'Cem & Dana', '--host', 'eva.example')).rejects.toThrow(
			'eva.example has a wedding already, that of Eva & Tom: leave the names out to let cem@example.org in there.'
		);
		await expect(tell('cem@example.org')).rejects.toThrow(
			'There are several weddings: add --host and one of anna-and-ben.example (Anna & Ben), eva.example (Eva & Tom).'
		);
		await expect(tell('cem@example.org', 'Cem & Dana', '--host', 'https://cem.example/')).rejects.toThrow(
			'Give --host as guests type it, without https://'
		);
		expect(await ask(MEMBERS)).toMatchObject([
			{ host: 'anna-and-ben.example', email: 'anna@example.org' },
			{ host: 'eva.example', email: 'eva@example.org' },
			{ host: 'eva.example', email: 'tom@example.org' }
		]);
	});

	it('moves a wedding to another host, and remembers where it was', async () => {
		await useOrigin('https://old.example');
		await tell('anna@example.org', 'Anna & Ben', '--host', 'old.example');
		const moving = ['--host', 'new.example', '--from', 'old.example'];
		await expect(tell('eva@example.org', ...moving)).rejects.toThrow(
			'Only the couple moves a wedding: npm run couple -- anna@example.org --host new.example --from old.example'
		);
		await expect(tell('anna@example.org', '--from', 'old.example')).rejects.toThrow('Add --host');
		for (const from of ['old.example', 'older.example']) {
			const said = await tell('anna@example.org', '--host', 'new.example', '--from', from);
			expect(said).toBe('anna@example.org can log in now: https://new.example/login');
		}
		expect(await ask('SELECT host, former_hosts AS former FROM wedding')).toEqual([
			{ host: 'new.example', former: ['old.example', 'older.example'] }
		]);
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
		await expect(command({ DATABASE_URL: own }, 'not an address')).rejects.toThrow(
			/^Give an email address: npm run couple -- anna@example.org "Anna & Ben"\n$/
		);
	});
});
