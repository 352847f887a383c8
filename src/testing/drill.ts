import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import pg from 'pg';
import { afterAll } from 'vitest';
import { settings } from '#lib/kernel/settings.server.ts';
import { LEFT_OUT } from '../operate/backup/restored.server.ts';
import { sealing, unsealing } from '../operate/backup/seal.server.ts';
import { ofWeddings } from './schema.ts';

/** For tests: installs that can be backed up, lost and restored, each with a database and a folder of its own. */

export const folder = mkdtempSync(join(tmpdir(), 'vowtape-drill-'));
const databases: string[] = [];

export type Install = { url: string; uploads: string; client: pg.Client; close(): Promise<void> };

/** Migrated, unless it is to be a Postgres that has never seen us. Its uploads are those that count from now on. */
export async function install({ isMigrated = true } = {}): Promise<Install> {
	const name = `drill_${randomUUID().replaceAll('-', '')}`;
	const template = isMigrated ? 'vowtape' : 'template0';
	await asAdmin(`CREATE DATABASE ${name} TEMPLATE ${template}`);
	databases.push(name);
	const url = settings.DATABASE_URL!.replace(/\/\w+\?/, `/${name}?`);
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	const uploads = join(folder, name);
	mkdirSync(uploads);
	settings.UPLOADS_DIR = uploads;
	return { url, uploads, client, close: () => client.end() };
}

// after what the test itself does at its end
afterAll(async () => {
	for (const name of databases) await asAdmin(`DROP DATABASE ${name} WITH (FORCE)`);
	rmSync(folder, { recursive: true, force: true });
});

async function asAdmin(sql: string) {
	const admin = new pg.Client({ connectionString: settings.DATABASE_URL });
	await admin.connect();
	await admin.query(sql);
	await admin.end();
}

export async function keys() {
	const identity = await generateX25519Identity();
	const recipient = await identityToRecipient(identity);
	return { identity, recipient, seal: await sealing(recipient), unseal: unsealing(identity) };
}

/** What text may hold that a copy could trip over. */
const AWKWARD = 'Oma "Riët"\t\\N \\. \r\n; -- 🎉';

/** A wedding with everything that a table can hold, somebody signed in, mail on its way, and some recordings. */
export async function fill(
	{ client }: Install,
	recordings = 3
): Promise<{ weddingId: string; ids: string[] }> {
	const one = async (sql: string, values: unknown[] = []) =>
		(await client.query(sql, values)).rows[0]?.id as string;
	const weddingId = await one(
		`INSERT INTO wedding (names, place, welcome, held_on) VALUES ($1, $1, $2, '2027-06-12') RETURNING id`,
		[AWKWARD, JSON.stringify({ en: AWKWARD })]
	);
	const account = await one(`INSERT INTO account (email) VALUES ($1) RETURNING id`, [
		`${weddingId}@example.org`
	]);
	await one(`INSERT INTO member (account_id, wedding_id, role) VALUES ($1, $2, 'couple')`, [
		account,
		weddingId
	]);
	const household = await one(
		`INSERT INTO household (wedding_id, name, language, code) VALUES ($1, $2, 'nl', $3) RETURNING id`,
		[weddingId, AWKWARD, weddingId.slice(-12)]
	);
	const guest = await one(
		`INSERT INTO guest (wedding_id, household_id, name, email) VALUES ($1, $2, 'Riet', 'riet@example.org') RETURNING id`,
		[weddingId, household]
	);
	await one(`INSERT INTO guest (wedding_id, household_id, name, plus_one_of_id) VALUES ($1, $2, 'Wim', $3)`, [
		weddingId,
		household,
		guest
	]);
	for (const state of ['queued', 'sent']) {
		const message = await one(
			`INSERT INTO message (wedding_id, kind, language, household_id, payload)
			VALUES ($1, 'invitation', 'nl', $2, '{"x": ["\\"", 1.5]}') RETURNING id`,
			[weddingId, household]
		);
		await one('INSERT INTO delivery (wedding_id, message_id, address, state) VALUES ($1, $2, $4, $3)', [
			...[weddingId, message, state, `${state}@example.org`]
		]);
	}
	await one(
		`INSERT INTO session (wedding_id, household_id, secret_hash, expires_at) VALUES ($1, $2, $3, now() + '1 day')`,
		[weddingId, household, randomBytes(32)]
	);
	await one(
		`INSERT INTO login_link (wedding_id, household_id, token_hash, code_hash, expires_at)
		VALUES ($1, $2, $3, $3, now() + '1 day')`,
		[weddingId, household, randomBytes(32)]
	);
	await one(`INSERT INTO audit_entry (wedding_id, action, data) VALUES ($1, 'guest.added', $2)`, [
		weddingId,
		JSON.stringify({ name: AWKWARD, more: [1.5, null] })
	]);
	const ids: string[] = [];
	for (let n = 0; n < recordings; n++) ids.push(await record(client, weddingId));
	await one(`INSERT INTO score (recording_id, guest_id, wedding_id, stars) VALUES ($1, $2, $3, 5)`, [
		ids[0],
		guest,
		weddingId
	]);
	return { weddingId, ids };
}

/** Where the file of a recording lies. */
export const path = (id: string) => join(settings.UPLOADS_DIR, id, 'original.mp3');

/** A recording of noise with its file; only some have their sum yet. */
export async function record(client: pg.Client, weddingId: string, bytes = 200_000): Promise<string> {
	const { rows } = await client.query('SELECT uuidv7() AS id');
	const [{ id }] = rows as [{ id: string }];
	const noise = randomBytes(bytes);
	await mkdir(dirname(path(id)));
	await writeFile(path(id), noise);
	const sum = noise[0]! % 2 ? createHash('sha256').update(noise).digest() : null;
	await client.query(
		`INSERT INTO recording (id, wedding_id, title, position, original_name, format, mime_type, plays, bytes,
			duration_seconds, sha256) VALUES ($1, $2, 'Toast', 1, $3, 'mp3', 'audio/mpeg', true, $4, 6.25, $5)`,
		[id, weddingId, AWKWARD, bytes, sum]
	);
	return id;
}

/** Every row of an install, by table, but for what a restore leaves out or fills in. */
export async function rows({ client }: Install): Promise<Record<string, unknown[]>> {
	const found: Record<string, unknown[]> = {};
	for (const { table } of ofWeddings()) {
		if (LEFT_OUT.has(table)) continue;
		const { rows } = await client.query(
			`SELECT to_jsonb(t) - 'sha256' - 'state' - 'reason' AS row FROM ${table} t ORDER BY 1`
		);
		found[table] = rows.map(({ row }) => row);
	}
	return found;
}

/** The SHA-256 of every recording on disk, by its id. */
export async function sums(uploads: string): Promise<Record<string, string>> {
	const ids = (await readdir(uploads)).filter((name) => !name.startsWith('.'));
	const pairs = ids.map(async (id) => {
		const content = await readFile(join(uploads, id, 'original.mp3'));
		return [id, createHash('sha256').update(content).digest('hex')];
	});
	return Object.fromEntries(await Promise.all(pairs));
}
