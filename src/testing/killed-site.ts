import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '../cli/migrate.ts';
import { startThrowaway } from '../cli/throwaway.ts';
import { freePort } from './free-port.ts';
import { answers } from './processes.ts';

/** The built site as a container runs it, which can be killed and run again; one of the couple has a session. */
export async function makeKilledSite() {
	const folder = mkdtempSync(join(tmpdir(), 'vowtape-killed-'));
	const uploads = join(folder, 'uploads');
	const postgres = await startThrowaway();
	await migrate(postgres.url);
	const port = await freePort();
	const origin = `http://localhost:${port}`;
	const env = {
		...process.env,
		...{ NODE_ENV: 'production', LOCAL: '1', ORIGIN: origin, PORT: String(port), HOST: '' },
		...{
			DATABASE_URL: postgres.url,
			UPLOADS_DIR: uploads,
			DATA_DIR: join(folder, 'data'),
			MAILERSEND_API_TOKEN: ''
		}
	};
	let site: ChildProcess;

	async function sql(text: string, ...values: unknown[]) {
		const client = new pg.Client({ connectionString: postgres.url });
		await client.connect();
		const { rows } = await client.query(text, values);
		await client.end();
		return rows;
	}

	const secret = 'one of the couple';
	await sql(
		`WITH w AS (INSERT INTO wedding (names) VALUES ('Anna & Ben') RETURNING id),
			a AS (INSERT INTO account (email) VALUES ('anna@example.org') RETURNING id),
			m AS (INSERT INTO member SELECT a.id, w.id, 'couple' FROM a, w)
		INSERT INTO session (wedding_id, account_id, secret_hash, expires_at)
			SELECT w.id, a.id, $1, now() + interval '1 hour' FROM a, w`,
		createHash('sha256').update(secret).digest()
	);

	const made = {
		...{ origin, uploads, sql, cookie: { name: 'session', value: secret, url: origin } },
		pid: () => site.pid!,
		/** Resolves when it answers. */
		async run(): Promise<void> {
			site = spawn(process.execPath, ['src/cli/run.js', '../server'], { env, stdio: 'ignore' });
			await answers(`${origin}/health/ready`, site);
		},
		/** As a power cut does. */
		async kill(): Promise<void> {
			site.kill('SIGKILL');
			await once(site, 'exit');
		},
		/** As a deploy does; gives back its exit code. */
		async end(): Promise<number | null> {
			site.kill('SIGTERM');
			const [code] = await once(site, 'exit');
			return code;
		},
		async stop(): Promise<void> {
			site.kill('SIGKILL');
			await postgres.stop();
			rmSync(folder, { recursive: true, force: true });
		}
	};
	await made.run();
	return made;
}

export type KilledSite = Awaited<ReturnType<typeof makeKilledSite>>;
