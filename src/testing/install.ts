import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import { startSite, type Site } from './processes.ts';
import { startMailerSend } from './mailersend.ts';

export const ORIGIN = 'http://anna-and-ben.test';
export const COUPLE = 'anna@example.org';

/** An empty database of its own, a folder for uploads and a mail service: what the processes of one install share. */
export async function makeInstall() {
	const name = `install_${process.pid}_${Date.now()}`;
	const root = inject('databases');
	// not in the database that other tests copy: that takes one where nobody is
	const admin = await connect(root.replace('/vowtape?', '/postgres?'));
	await admin.query(`CREATE DATABASE ${name} TEMPLATE template0`);
	const databaseUrl = root.replace('/vowtape?', `/${name}?`);
	const uploads = await mkdtemp(join(tmpdir(), 'vowtape-uploads-'));
	const provider = await startMailerSend();
	const sites: Site[] = [];
	const env = {
		ORIGIN,
		DATABASE_URL: databaseUrl,
		UPLOADS_DIR: uploads,
		ADDRESS_HEADER: 'x-real-ip',
		MAILERSEND_API_TOKEN: 'token',
		MAILERSEND_BASE_URL: provider.url,
		MAIL_FROM: 'wedding@example.org',
		LOG_LEVEL: 'silent'
	};
	return {
		...{ env, databaseUrl, uploads, provider },
		/** One more process, as production has it. */
		async start(more: Record<string, string> = {}): Promise<Site> {
			const site = await startSite({ ...env, ...more });
			sites.push(site);
			return site;
		},
		async remove() {
			await Promise.all(sites.map(({ stop }) => stop()));
			await provider.stop();
			await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
			await admin.end();
			await rm(uploads, { recursive: true });
		}
	};
}

/** A wedding of which the couple, and so many guests (guest-0@example.org …), can log in. */
export async function makeWedding(databaseUrl: string, guests: number): Promise<void> {
	const client = await connect(databaseUrl);
	await client.query(
		`WITH wedding AS (INSERT INTO wedding (names) VALUES ('Anna & Ben') RETURNING id),
			account AS (INSERT INTO account (email) VALUES ($1) RETURNING id),
			member AS (INSERT INTO member (wedding_id, account_id, role) SELECT w.id, a.id, 'couple' FROM wedding w, account a),
			household AS (
				INSERT INTO household (wedding_id, name, language, code)
				SELECT id, 'Household ' || n, 'en', 'CARD' || n FROM wedding, generate_series(1, $2::int) n
				RETURNING id, wedding_id, substring(code FROM 5)::int - 1 AS n
			)
		INSERT INTO guest (wedding_id, household_id, name, email)
		SELECT wedding_id, id, 'Guest ' || n, 'guest-' || n || '@example.org' FROM household`,
		[COUPLE, guests]
	);
	await client.end();
}

export async function connect(url: string): Promise<pg.Client> {
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	return client;
}
