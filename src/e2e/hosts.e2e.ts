import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, openAsBlob, readdirSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import type pg from 'pg';
import { migrate } from '../cli/migrate.ts';
import { startThrowaway } from '../cli/throwaway.ts';
import { Person } from '../testing/person.ts';
import { connect, type Site, startSite } from '../testing/processes.ts';

test.describe.configure({ mode: 'serial' });

/** Two weddings at two hosts in one process; at each there is a guest with this address. */
const RIET = 'riet@example.org';
const LIMIT = 8;
const folder = mkdtempSync(join(tmpdir(), 'vowtape-hosts-'));
const sound = join(import.meta.dirname, '../testing/sounds/toast-cbr.mp3');

type Wedding = { origin: string; names: string; couple: string; id: string; household: string; card: string };
let anna: Wedding;
let eva: Wedding;
let site: Site;
let client: pg.Client;
let stopPostgres: () => Promise<unknown>;

test.beforeAll(async () => {
	chmodSync(folder, 0o711);
	const postgres = await startThrowaway();
	stopPostgres = postgres.stop;
	await migrate(postgres.url);
	const env = {
		...{ LOCAL: '1', LOG_LEVEL: 'silent', DATABASE_URL: postgres.url, HOST: '', MAILERSEND_API_TOKEN: '' },
		...{ DATA_DIR: join(folder, 'data'), UPLOADS_DIR: join(folder, 'uploads') },
		...{ ADDRESS_HEADER: 'x-real-ip', LOGIN_LIMIT_NETWORK: String(LIMIT) }
	};
	site = await startSite(env);
	const { port } = new URL(site.url);
	const hosts = { anna: `anna.localhost:${port}`, eva: `eva.localhost:${port}` };
	const couple = (...args: string[]) =>
		promisify(execFile)(process.execPath, ['src/cli/run.js', 'couple', ...args], {
			env: { ...process.env, ...env, ORIGIN: site.url }
		});
	await couple('anna@example.org', 'Anna & Ben', '--host', hosts.anna);
	await couple('eva@example.org', 'Eva & Tom', '--host', hosts.eva);
	client = await connect(postgres.url);
	anna = await invite('Anna & Ben', hosts.anna, 'anna@example.org', 'AAAABBBBCCCC');
	eva = await invite('Eva & Tom', hosts.eva, 'eva@example.org', 'DDDDEEEEFFFF');
});

test.afterAll(async () => {
	await site?.stop();
	await client?.end();
	await stopPostgres?.();
	rmSync(folder, { recursive: true, force: true });
});

async function invite(names: string, host: string, couple: string, card: string): Promise<Wedding> {
	const { rows } = await client.query(
		`WITH own AS (SELECT id FROM wedding WHERE host = $1), household AS (
			INSERT INTO household (wedding_id, name, language, code) SELECT id, $2, 'en', $3 FROM own RETURNING *
		), guest AS (
			INSERT INTO guest (wedding_id, household_id, name, email) SELECT wedding_id, id, 'Riet', $4 FROM household
		)
		SELECT wedding_id AS id, id AS household FROM household`,
		[host, `Riet, of ${names}`, card, RIET]
	);
	return { origin: `http://${host}`, names, couple, card, ...rows[0] };
}

const both = () =>
	[
		[anna, eva],
		[eva, anna]
	] as const;

/** No two come from one network, but where a test says so. */
let addresses = 0;
const somebody = ({ origin }: Wedding, address = `198.51.100.${++addresses}`) => new Person(origin, address);

function mails(to: string) {
	const box = join(folder, 'data/mail');
	return readdirSync(box, { withFileTypes: true })
		.filter(({ name }) => /^[^.].*\.txt$/.test(name))
		.map(({ name }) => ({ id: name.slice(0, -4), text: readFileSync(join(box, name), 'utf8') }))
		.filter(({ text }) => text.includes(`<${to}>`))
		.map(({ id, text }) => ({
			...{ id, text, link: /https?:\S+\/auth\/verify\/\S+/.exec(text)![0] },
			code: /: ([A-Z0-9]{4} [A-Z0-9]{4})$/m.exec(text)![1]!
		}));
}

/** Asks for a link and gives the mail that comes. */
async function ask(person: Person, email: string) {
	const known = new Set((await client.query('SELECT id FROM delivery')).rows.map(({ id }) => id));
	expect((await person.post(site, '/auth/send-link', { email })).status).toBe(303);
	const fresh = () => mails(email).filter(({ id }) => !known.has(id));
	await expect.poll(() => fresh().length, { timeout: 20_000 }).toBe(1);
	return fresh()[0]!;
}

async function logIn(wedding: Wedding, email: string): Promise<Person> {
	const person = somebody(wedding);
	const { link } = await ask(person, email);
	expect((await person.post(site, new URL(link).pathname, {})).status).toBe(303);
	return person;
}

/** With a head that no browser sends; gives status, head and body as one text. */
function raw(path: string, headers: Record<string, string>, body?: string): Promise<string> {
	const { promise, resolve, reject } = Promise.withResolvers<string>();
	const options = {
		method: body === undefined ? 'GET' : 'POST',
		headers: { host: 'evil.example', ...headers }
	};
	const outgoing = request(site.url + path, options, (answer) => {
		let text = `${answer.statusCode} ${JSON.stringify(answer.headers)}`;
		answer
			.setEncoding('utf8')
			.on('data', (more) => (text += more))
			.on('end', () => resolve(text));
	});
	outgoing.on('error', reject).end(body);
	return promise;
}

test('each couple logs in by a mail that leads to their own site', async ({ browser }) => {
	const page = await browser.newPage();
	for (const [{ origin, names, couple }, other] of both()) {
		await page.goto(`${origin}/login`);
		await expect(page.getByText(names).first()).toBeVisible();
		await page.locator('input[name=email]').fill(couple);
		await page.locator('main form').first().getByRole('button').click();
		await expect.poll(() => (readdirSync(folder).includes('data') ? mails(couple).length : 0)).toBe(1);
		const [mail] = mails(couple);
		expect(mail!.text).not.toContain(new URL(other.origin).host);
		await page.goto(mail!.link);
		await page.locator('main').getByRole('button').click();
		await expect(page).toHaveURL(`${origin}/couple`);
	}
	// in one browser, at both at once: each site has a cookie of its own
	for (const [{ origin, names }, other] of both()) {
		await page.goto(`${origin}/couple`);
		await expect(page.getByText(names).first()).toBeVisible();
		await expect(page.getByText(other.names)).toHaveCount(0);
	}
	await page.close();
});

test('a link and a code let nobody in at the other wedding', async () => {
	for (const [wedding, other] of both()) {
		const person = somebody(wedding);
		const { link, code } = await ask(person, RIET);
		expect(link).toContain(`${wedding.origin}/auth/verify/`);
		const path = new URL(link).pathname;
		const elsewhere = person.twin(other.origin);
		expect((await elsewhere.post(site, path, {})).status).toBe(410);
		expect((await elsewhere.post(site, '/auth/verify-code', { code })).status).toBe(409);
		expect((await elsewhere.get(site, '/rsvp')).headers.getSetCookie()).toEqual([]);
		expect((await person.post(site, path, {})).status).toBe(303);
	}
});

test('a card is unknown at the other wedding', async () => {
	for (const [wedding, other] of both()) {
		const path = `/i/${wedding.card}`;
		const [here, there] = [somebody(wedding), somebody(other)];
		expect((await there.get(site, path)).status).toBe(404);
		expect((await there.post(site, path, {})).status).toBe(404);
		expect((await here.get(site, path)).status).toBe(200);
		expect((await here.post(site, path, {})).status).toBe(303);
	}
});

test('a card that was printed before the wedding moved leads to where it is now', async () => {
	const old = 'http://old.example';
	await client.query(`UPDATE wedding SET former_hosts = '{old.example}' WHERE host = $1`, [
		new URL(anna.origin).host
	]);
	const path = `/i/${anna.card}?from=card`;
	const led = await new Person(old, '203.0.113.9').get(site, path);
	expect([led.status, led.headers.get('location')]).toEqual([302, anna.origin + path]);
	const refused = await new Person(old, '203.0.113.9').post(site, path, {});
	expect(refused.status).toBe(403);
	expect(refused.headers.getSetCookie()).toEqual([]);
	expect(await refused.text()).toContain(anna.origin);
	expect((await somebody(anna).post(site, `/i/${anna.card}`, {})).status).toBe(303);
});

test('a cookie is nothing at the other wedding, whoever was answered just before', async () => {
	for (const [wedding, other] of both()) {
		const guest = await logIn(wedding, RIET);
		const stolen = guest.twin(other.origin);
		for (let n = 0; n < 3; n++) {
			const own = await guest.get(site, '/recordings');
			expect(own.status).toBe(200);
			expect(await own.text()).not.toContain(other.names);
			expect((await stolen.twin(other.origin).get(site, '/recordings')).headers.get('location')).toMatch(
				/^\/login/
			);
		}
	}
});

test('no row and no file is found from the other wedding', async () => {
	for (const [wedding, other] of both()) {
		const [ours, theirs] = [await logIn(wedding, wedding.couple), await logIn(other, other.couple)];
		const form = new FormData();
		form.set('file', await openAsBlob(sound), 'toast.mp3');
		form.set('title', `Toast to ${wedding.names}`);
		const { id } = (await (await ours.post(site, '/api/upload', form, 'application/json')).json()) as {
			id: string;
		};

		const paths = [`/recordings/${id}`, `/recordings/${id}/audio`, `/couple/guests/${wedding.household}`];
		for (const path of paths) {
			expect((await ours.get(site, path)).status, path).toBe(200);
			expect((await theirs.get(site, path)).status, path).toBe(404);
		}
		const list = `/couple/guests/${wedding.household}`;
		expect((await theirs.post(site, `${list}?/remove`, {})).status).toBe(404);
		for (const page of ['/recordings', '/couple/guests', '/couple'])
			expect(await (await theirs.get(site, page)).text(), page).not.toContain(
				wedding.names.replace('&', '&amp;')
			);
		expect(await (await ours.get(site, list)).text()).toContain(`${wedding.origin}/i/`);
	}
});

test('a form of the other site is refused', async () => {
	for (const [wedding, other] of both()) {
		const before = await client.query('SELECT FROM delivery');
		const head = { host: new URL(wedding.origin).host, 'content-type': 'application/x-www-form-urlencoded' };
		const told = await raw('/auth/send-link', { ...head, origin: other.origin }, `email=${wedding.couple}`);
		expect(told).toMatch(/^403 /);
		expect(told).toContain(wedding.origin);
		expect((await client.query('SELECT FROM delivery')).rowCount).toBe(before.rowCount);
	}
});

test('the mailbox of a local install shows the mails of its own wedding', async () => {
	for (const [wedding, other] of both()) {
		const page = await somebody(wedding).get(site, '/dev/mail');
		expect(await page.text()).not.toContain(new URL(other.origin).host);
		const [mail] = mails(wedding.couple);
		expect((await somebody(wedding).get(site, `/dev/mail/${mail!.id}`)).status).toBe(200);
		expect((await somebody(other).get(site, `/dev/mail/${mail!.id}`)).status).toBe(404);
	}
});

test('a venue that has used up its tries at one wedding has them at the other', async () => {
	const address = '203.0.113.7';
	const knock = (wedding: Wedding) =>
		somebody(wedding, address).post(site, '/auth/send-link', { email: 'nobody@example.org' });
	const statuses = [];
	for (let n = 0; n <= LIMIT; n++) statuses.push((await knock(anna)).status);
	expect(statuses).toEqual([...Array(LIMIT).fill(303), 429]);
	expect((await knock(eva)).status).toBe(303);
});

test('a host that no wedding has is refused, and never repeated', async () => {
	const guest = await logIn(anna, RIET);
	expect((await guest.get(site, '/recordings')).status).toBe(200);
	const form = { 'content-type': 'application/x-www-form-urlencoded' };
	const claims = {
		'x-forwarded-host': new URL(eva.origin).host,
		forwarded: `host=${new URL(eva.origin).host}`
	};
	const before = (await client.query('SELECT FROM delivery')).rowCount;
	for (const path of ['/', '/login', `/i/${anna.card}`, '/recordings', '/dev/mail'])
		expect(await raw(path, claims)).toMatch(/^404 (?!.*(evil|set-cookie|anna))/is);
	for (const origin of ['http://evil.example', anna.origin]) {
		const told = await raw('/auth/send-link', { ...form, ...claims, origin }, `email=${anna.couple}`);
		expect(told).toMatch(/^404 (?!.*(evil|set-cookie))/is);
	}
	expect((await client.query('SELECT FROM delivery')).rowCount).toBe(before);
	// what a proxy claims leads nowhere either
	expect(await raw('/login', { ...claims, host: new URL(anna.origin).host })).toContain('Anna &amp; Ben');
});
