import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folder, list } from '../../cli/migrations.ts';
import { settings } from '../kernel/settings.server.ts';

/* What a copy of the release before does, which knows nothing but its table `mail`. */

const NAME = `before_${process.pid}`;
const admin = new pg.Client({ connectionString: settings.DATABASE_URL });
let client: pg.Client;
let weddingId: string;

const sql = async (text: string, ...values: unknown[]) => (await client.query(text, values)).rows;
const put = `INSERT INTO mail (wedding_id, kind, address, language, nonce_hash, next)
	VALUES ($1, $2, $3, 'nl', '\\x01', '/rsvp') RETURNING id, kind`;

beforeAll(async () => {
	await admin.connect();
	await admin.query(`CREATE DATABASE ${NAME} TEMPLATE template0`);
	const url = settings.DATABASE_URL!.replace(/\/\w+\?/, `/${NAME}?`);
	client = new pg.Client({ connectionString: url });
	await client.connect();
	for (const { name, sql: text } of list(folder)) {
		if (name >= '20261130044500') continue;
		await client.query(text);
	}
	weddingId = (await sql('INSERT INTO wedding (names) VALUES ($1) RETURNING id', 'A & B'))[0]!.id;
	for (const [address, state, reason] of [
		['queued', 'queued', null],
		['sent', 'sent', null],
		['refused', 'undeliverable', 'no such mailbox'],
		['unwanted', 'undeliverable', 'not_wanted'],
		['restored', 'undeliverable', 'restored']
	]) {
		const [{ id } = { id: '' }] = await sql(put, weddingId, 'login', address);
		await sql('UPDATE mail SET state = $2, reason = $3 WHERE id = $1', id, state, reason);
	}
	for (const { name, sql: text } of list(folder)) if (name >= '20261130044500') await client.query(text);
});
afterAll(async () => {
	await client.end();
	await admin.query(`DROP DATABASE ${NAME} WITH (FORCE)`);
	await admin.end();
});

describe('the mails of the release before', () => {
	it('are deliveries now, as far as they had come', async () => {
		const found = await sql('SELECT address, state FROM delivery ORDER BY id');
		expect(found.map(({ address, state }) => [address, state])).toEqual([
			...[
				['queued', 'queued'],
				['sent', 'sent'],
				['refused', 'failed']
			],
			...[
				['unwanted', 'skipped'],
				['restored', 'unsure']
			]
		]);
		expect(await sql('SELECT count(*)::int AS n FROM login_request WHERE next = $1', '/rsvp')).toEqual([
			{ n: 5 }
		]);
	});

	it('are read by it as they were', async () => {
		const found = await sql('SELECT address, state, reason, next, nonce_hash FROM mail ORDER BY id');
		expect(found[0]).toEqual({
			...{ address: 'queued', state: 'queued', reason: null },
			...{ next: '/rsvp', nonce_hash: Buffer.from([1]) }
		});
		expect(found.map(({ state }) => state)).toEqual(['queued', 'sent', ...Array(3).fill('undeliverable')]);
	});

	it('that it writes are deliveries', async () => {
		const [made] = await sql(put, weddingId, 'login', 'new@example.org');
		expect(made).toEqual({ id: expect.any(String), kind: 'login' });
		const [found] = await sql(
			`SELECT d.address, d.state, m.kind, r.next FROM delivery d JOIN message m ON m.id = d.message_id
			JOIN login_request r USING (message_id) WHERE d.id = $1`,
			made!.id
		);
		expect(found).toEqual({ address: 'new@example.org', state: 'queued', kind: 'login', next: '/rsvp' });
	});

	it('that it has just sent are sent, and those that are on their way with us are not its to send', async () => {
		await sql(`UPDATE mail SET state = 'sent', sent_at = now() WHERE address = 'queued'`);
		await sql(`UPDATE delivery SET state = 'sending' WHERE address = 'new@example.org'`);
		expect(await sql(`SELECT state FROM delivery WHERE address = 'queued'`)).toEqual([{ state: 'sent' }]);
		expect(await sql(`SELECT id FROM mail WHERE state = 'queued'`)).toEqual([]);
		await sql(`DELETE FROM mail WHERE address = 'queued'`);
		expect(await sql(`SELECT FROM message m JOIN delivery d ON m.id = d.message_id`)).toHaveLength(5);
	});
});
