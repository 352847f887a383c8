import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, openAsBlob, readdirSync, rmSync } from 'node:fs';
import { request } from 'node:http';

import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import pg from 'pg';
import { migrate } from '../cli/migrate.ts';
import { type Postgres, start } from '../cli/postgres.ts';
import { type Receiver, startReceiver } from '../testing/receiver.ts';
import { freePort } from '../testing/free-port.ts';

test.describe.configure({ mode: 'serial' });

/** The site as a container runs it, beside a Postgres that can be taken away. */
const folder = mkdtempSync(join(tmpdir(), 'vowtape-faults-'));
const dataDir = join(folder, 'data');
let postgres: Postgres;
let site: ChildProcess;
let settings: NodeJS.ProcessEnv;
let origin = '';
let metrics = '';
let receiver: Receiver;
let output = '';

test.beforeAll(async () => {
	chmodSync(folder, 0o711);
	postgres = await start({ dataDir, fast: true });
	await migrate(postgres.url);
	await sql(`INSERT INTO wedding (names) VALUES ('Anna & Ben')`);
	receiver = await startReceiver();
	const [port, metricsPort] = [await freePort(), await freePort()];
	metrics = `http://localhost:${metricsPort}/metrics`;
	origin = `http://localhost:${port}`;
	settings = {
		...process.env,
		NODE_ENV: 'production',
		LOCAL: '1',
		LOG_LEVEL: 'info',
		ORIGIN: origin,
		PORT: String(port),
		METRICS_PORT: String(metricsPort),
		SENTRY_DSN: `${receiver.url.replace('//', '//key@')}/7`,
		OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
		DATABASE_URL: postgres.url,
		ADDRESS_HEADER: 'x-real-ip',
		UPLOADS_DIR: join(folder, 'uploads'),
		...{ HOST: '', DATA_DIR: dataDir, MAILERSEND_API_TOKEN: '' }
	};
	await run();
});

/** Resolves when it is ready. */
async function run(): Promise<void> {
	site = spawn(process.execPath, ['src/cli/run.js', '../server'], { env: settings });
	site.stdout!.setEncoding('utf8').on('data', (text) => (output += text));
	site.stderr!.setEncoding('utf8').on('data', (text) => (output += text));
	await expect.poll(() => status('/health/ready').catch(() => 0)).toBe(200);
}

test.afterAll(async () => {
	site.kill('SIGKILL');
	await postgres.stop();
	await receiver.stop();
	rmSync(folder, { recursive: true, force: true });
});

async function sql(text: string, ...values: unknown[]) {
	const client = new pg.Client({ connectionString: postgres.url });
	await client.connect();
	const { rows } = await client.query(text, values);
	await client.end();
	return rows;
}

/** Of an address with a secret in it: all of them are routed somewhere, or nowhere. */
const SPELLINGS = [
	'/%69/S3CRET',
	'/%61uth/verify/S3CRET',
	'/I/S3CRET',
	'//i/S3CRET',
	'/i//S3CRET',
	'/i/S3CRET'
];

const get = (path: string, headers = {}) => fetch(origin + path, { headers, redirect: 'manual' });
const status = async (path: string) => (await get(path)).status;
const lines = () =>
	output
		.split('\n')
		.filter((line) => line.startsWith('{'))
		.map((line) => JSON.parse(line) as Record<string, unknown>);

test('a database that is stopped is a page that says so, and nothing to restart when it is back', async () => {
	expect(await status('/login')).toBe(200);
	await postgres.stop();

	const page = await get('/login');
	expect([page.status, page.headers.get('retry-after')]).toEqual([503, '5']);
	expect(await page.text()).toContain('The site is down for a moment.');
	const ready = await get('/health/ready');
	expect([ready.status, ready.headers.get('retry-after')]).toEqual([503, '5']);
	expect(await ready.json()).toEqual({
		status: 'unready',
		problems: ['database: does not answer'],
		remarks: []
	});
	expect(await status('/health/live')).toBe(200);

	postgres = await start({ dataDir, fast: true });
	const statuses = () => Promise.all(['/login', '/health/ready'].map(status));
	await expect.poll(statuses).toEqual([200, 200]);
	expect(await (await get('/health/ready')).json()).toEqual({ status: 'ready', problems: [], remarks: [] });
	expect(site.exitCode).toBeNull();
});

test('a bug is told with the id under which the log has it, in the visitor’s language', async () => {
	await sql('ALTER TABLE wedding RENAME TO elsewhere');
	const headers = { 'x-request-id': 'c2b6f4b8d1a04f0f9a3e51c27d70ab12', 'accept-language': 'nl' };
	const answer = await get('/login?to=anna@example.org', headers);
	for (const path of SPELLINGS) await get(path);
	await sql('ALTER TABLE elsewhere RENAME TO wedding');
	expect([answer.status, answer.headers.get('x-request-id')]).toEqual([500, '7d70ab12']);
	const page = await answer.text();
	expect(page).toContain('Er ging bij ons iets mis.');
	expect(page).toContain('deze foutcode door aan het bruidspaar: 7d70ab12<');
	expect(page).toContain('Naar de voorpagina');
	expect(page).toContain('<title>Er ging iets mis · ');
	expect(page).not.toContain('relation');

	const told = lines().filter(({ request }) => request === '7d70ab12');
	expect(told).toMatchObject([
		{ msg: 'bug', task: 'GET /login', error: expect.stringContaining('relation "wedding" does not exist') },
		{ method: 'GET', route: '/login', status: 500 }
	]);
	expect(output).not.toContain('anna@example.org');
	for (const path of SPELLINGS) await fetch(origin + path, { method: 'POST', headers: { origin } });
	await expect.poll(() => lines().filter(({ method }) => method === 'POST')).toHaveLength(SPELLINGS.length);
	expect(lines().map(({ route }) => route)).toContain('/i/[code]');
	expect(output).not.toContain('S3CRET');

	const reported = () => receiver.received.filter(({ path }) => path === '/api/7/envelope/');
	await expect.poll(() => reported().length).toBe(1 + SPELLINGS.length);
	const event = JSON.parse(reported()[0]!.body.split('\n')[2]!);
	expect(event).toMatchObject({ transaction: 'GET /login', tags: { request_id: '7d70ab12' } });
	expect(
		reported()
			.map(({ body }) => body)
			.join()
	).not.toMatch(/example\.org|S3CRET/);
});

test('numbers are told inside and not at the site’s address, by route and without a token', async () => {
	expect(await status('/metrics')).toBe(404);
	expect(await (await get('/metrics')).text()).not.toContain('vowtape_');
	expect(await status('/auth/verify/n0body-s-t0ken')).toBe(200);
	expect(await status('/recordings')).toBe(303);
	const text = await (await fetch(metrics)).text();
	for (const [route, code] of [
		['/login', 200],
		['/login', 503],
		['/login', 500],
		['none', 404],
		['/auth/verify/[token]', 200],
		['/(guest)/recordings', 303]
	]) {
		expect(text).toContain(`vowtape_request_seconds_count{route="${route}",status="${code}"}`);
	}
	expect(text).toContain('vowtape_ready 1');
	expect(text).not.toContain('n0body');
	expect((await fetch(metrics, { headers: { 'x-real-ip': '192.0.2.7' } })).status).toBe(404);
});

test('a process that is stopped hands its traces over first, without a token', async () => {
	site.kill('SIGTERM');
	await once(site, 'exit');
	const bodies = receiver.received.filter(({ path }) => path === '/v1/traces').map(({ body }) => body);
	const spans = bodies.flatMap((body) => JSON.parse(body).resourceSpans[0].scopeSpans[0].spans);
	const names = new Set(spans.map(({ name }) => name));
	for (const name of ['GET /login', 'GET /auth/verify/[token]', 'wedding-at']) expect(names).toContain(name);
	expect(bodies.join()).not.toMatch(/n0body|S3CRET/);
});

test('a process that is killed in mid-upload leaves nothing, and the file is sent again', async () => {
	await run();
	const secret = 'one of the couple';
	await sql(
		`WITH a AS (INSERT INTO account (email) VALUES ('anna@example.org') RETURNING id),
			m AS (INSERT INTO member SELECT a.id, w.id, 'couple' FROM a, wedding w)
		INSERT INTO session (wedding_id, account_id, secret_hash, expires_at)
			SELECT w.id, a.id, $1, now() + interval '1 hour' FROM a, wedding w`,
		createHash('sha256').update(secret).digest()
	);
	const headers = { origin, cookie: `session=${secret}`, accept: 'application/json' };
	const uploads = join(folder, 'uploads');
	const kept = () =>
		readdirSync(uploads, { recursive: true, withFileTypes: true })
			.filter((entry) => entry.isFile())
			.map(({ name }) => name);
	const part = [
		'--x',
		'content-disposition: form-data; name="file"; filename="a.mp3"',
		'content-type: audio/mpeg',
		'',
		''
	].join('\r\n');
	const upload = request(`${origin}/api/upload`, {
		method: 'POST',
		headers: { ...headers, 'content-type': 'multipart/form-data; boundary=x', 'content-length': 100 << 20 }
	}).on('error', () => {});
	upload.write(Buffer.concat([Buffer.from(part), Buffer.alloc(8 << 20)]));
	await expect.poll(kept).toHaveLength(1);
	site.kill('SIGKILL');
	await once(site, 'exit');
	expect(kept()).toHaveLength(1);

	await run();
	await expect.poll(kept).toEqual([]);
	expect(await sql('SELECT FROM recording')).toEqual([]);
	const body = new FormData();
	body.set('file', await openAsBlob(join(import.meta.dirname, '../testing/sounds/groet.aac')), 'groet.aac');
	body.set('title', 'Once more');
	const again = await fetch(`${origin}/api/upload`, { method: 'POST', headers, body });
	expect(again.status).toBe(201);
	expect(kept()).toEqual(['original.aac']);
	expect(await sql('SELECT title FROM recording')).toEqual([{ title: 'Once more' }]);
});
