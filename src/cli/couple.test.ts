import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { db } from '../lib/kernel/db.server.ts';
import { migrate } from './migrate.ts';
import { throwaway } from './throwaway.ts';

const run = promisify(execFile);

/** Runs the command as npm does, and gives what it printed. */
async function couple(databaseUrl: string, ...args: string[]) {
	const env = { ...process.env, DATABASE_URL: databaseUrl, LOCAL: '1' };
	return run(process.execPath, ['src/cli/run.js', 'couple', ...args], { env }).then(
		({ stdout }) => stdout,
		({ stderr }) => Promise.reject(new Error(stderr))
	);
}

describe('npm run couple', () => {
	it('makes the first account and the wedding, then adds to it, on a database that is still empty', async () => {
		await throwaway(async (url) => {
			expect(await couple(url, 'anna@example.org', 'Anna & Ben')).toContain(
				'anna@example.org can log in now'
			);
			await couple(url, 'ben@example.org');
			await couple(url, 'ANNA@example.org');
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

	it('asks for an address in one line when there is none', async () => {
		const before = await db.account.count();
		await expect(couple(process.env.DATABASE_URL!, 'not an address')).rejects.toThrow(
			/^Give an email address: npm run couple -- anna@example.org "Anna & Ben"\n$/
		);
		expect(await db.account.count()).toBe(before);
	});
});
