import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { addDinner } from '../testing/answering.ts';
import { findings } from '../testing/axe.ts';
import { askLink, emailOf, expect, origin, signIn, test, wedding } from '../testing/site.ts';
import { mailbox } from '../testing/wedding.ts';

/** The path that stands in a mail to this guest. */
async function linkTo(word: string, category: string): Promise<string> {
	const { rows } = await wedding().sql.query(
		`INSERT INTO unsubscribe_link (token, wedding_id, address)
		SELECT encode(sha256(random()::text::bytea), 'hex'), id, $1 FROM wedding
		ON CONFLICT (wedding_id, address) DO UPDATE SET address = $1 RETURNING token`,
		[emailOf(word)]
	);
	return `/unsubscribe/${rows[0].token}?of=${category}`;
}
async function turnedOff(): Promise<string[]> {
	const { rows } = await wedding().sql.query<{ category: string }>(
		`SELECT category FROM suppression WHERE lifted_at IS NULL ORDER BY category::text`
	);
	return rows.map(({ category }) => category);
}
/** As a mail program does: from nowhere, with nothing. */
const post = (path: string, body: BodyInit, headers = {}) =>
	fetch(origin() + path, { method: 'POST', body, headers, redirect: 'manual' });
const ONE_CLICK = 'List-Unsubscribe=One-Click';
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** Until nothing happens any more; a page that paints nothing may be told so never, and goes on after a second. */
async function untilIdle(page: Page): Promise<void> {
	await page.evaluate(() => new Promise((idle) => requestIdleCallback(idle, { timeout: 1000 })));
}

test('looking changes nothing, whoever looks', async ({ page, request }) => {
	const path = await linkTo('maria', 'reminders');
	for (const method of ['GET', 'HEAD']) {
		const response = await request.fetch(path, { method });
		expect(response.status()).toBe(200);
		expect(response.headers()['set-cookie']).toBeUndefined();
		expect(response.headers()['referrer-policy']).toBe('no-referrer');
	}
	// a scanner with a browser of its own
	await page.goto(path, { waitUntil: 'load' });
	await page.mouse.move(100, 100);
	await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
	await untilIdle(page);
	for (const link of await page.locator('main a').all()) await link.hover();
	expect(await turnedOff()).toEqual([]);
	expect((await request.get('/unsubscribe/unknown')).status()).toBe(404);
	expect((await post('/unsubscribe/unknown', ONE_CLICK, FORM)).status).toBe(404);
});

test('one click turns off what the mail was, and the link to sign in still comes', async ({ request }) => {
	const data = new FormData();
	data.set('List-Unsubscribe', 'One-Click');
	expect((await post(await linkTo('maria', 'reminders'), ONE_CLICK, FORM)).status).toBe(200);
	expect(await turnedOff()).toEqual(['reminders']);
	expect((await post(await linkTo('maria', 'news'), data)).status).toBe(200);
	// once more, by a page of somebody else's
	const elsewhere = { ...FORM, origin: 'https://mail.example' };
	expect((await post(await linkTo('maria', 'news'), ONE_CLICK, elsewhere)).status).toBe(200);
	expect(await turnedOff()).toEqual(['news', 'reminders']);
	expect(await askLink(request, emailOf('maria'))).toMatch(/^\/auth\/verify\//);
	const nonsense = await post(await linkTo('maria', 'news'), 'off=everything', FORM);
	expect(nonsense.status).toBe(422);
});

for (const javaScriptEnabled of [true, false]) {
	test.describe(javaScriptEnabled ? 'with scripts' : 'without scripts', () => {
		test.use({ javaScriptEnabled });

		test('a guest turns mail off and on in their own language, and the couple sees it', async ({
			page,
			browser
		}) => {
			await page.goto(await linkTo('sanne', 'news'));
			await expect(page.getByRole('heading', { level: 1 })).toHaveText('Welke mails wil je krijgen?');
			if (javaScriptEnabled) expect(await findings(page)).toEqual([]);
			await page.getByRole('button', { name: 'Geen nieuws meer per mail' }).click();
			await expect(page.getByText('Gelukt: deze krijg je niet meer.')).toBeVisible();

			const couple = await (await browser.newContext({ baseURL: origin() })).newPage();
			await signIn(couple, emailOf('anna'));
			await expectOnList(couple, true);
			await page.getByRole('button', { name: 'Toch weer nieuws' }).click();
			await expect(page.getByText('Gelukt: deze krijg je weer.')).toBeVisible();
			await expectOnList(couple, false);
		});
	});
}

async function expectOnList(couple: Page, isOff: boolean): Promise<void> {
	await couple.goto('/couple/guests?only=unwanted');
	const told = couple.getByText(`${emailOf('sanne')} gets no news any more: they unsubscribed.`);
	await expect(told).toHaveCount(isOff ? 1 : 0);
	await expect(couple.getByRole('main').getByRole('button', { name: /again/i })).toHaveCount(0);
}

const KINDS = ['login', 'invitation', 'answers', 'place', 'reminder', 'news', 'trial', 'member'];

/** A mail of each kind, to Mei and to Anna: Mei waits for a place and is offered one, Oliver has not answered. */
async function sendEach(): Promise<string[]> {
	await addDinner();
	const { sql } = wedding();
	await sql.query(
		`INSERT INTO reply (wedding_id, event_id, guest_id, state)
		SELECT e.wedding_id, e.id, g.id, 'waiting' FROM event e, guest g WHERE g.email = $1`,
		[emailOf('mei')]
	);
	await sql.query(
		`INSERT INTO wait (wedding_id, event_id, household_id, offered_places, offered_until)
		SELECT e.wedding_id, e.id, g.household_id, 1, now() + interval '1 day' FROM event e, guest g WHERE g.email = $1`,
		[emailOf('mei')]
	);
	await sql.query(
		`INSERT INTO deadline (wedding_id, answers_until) SELECT id, now() + interval '9 days' FROM wedding`
	);
	const { rows } = await sql.query<{ id: string }>(
		`WITH written AS (
			INSERT INTO mailing (wedding_id, kind, subject, text)
			SELECT id, 'news', '{"en": "Later"}', '{"en": "Come at eight: {link}"}' FROM wedding RETURNING id, wedding_id
		), made AS (
			INSERT INTO run (wedding_id, kind) SELECT wedding_id, 'news' FROM written RETURNING id
		), said AS (
			INSERT INTO message (wedding_id, run_id, kind, language, account_id, household_id, guest_id, payload)
			SELECT g.wedding_id, made.id, kind, 'en', CASE WHEN kind IN ('trial', 'member') THEN a.id END,
				CASE WHEN kind NOT IN ('trial', 'member') THEN g.household_id END,
				CASE WHEN kind NOT IN ('trial', 'member') THEN g.id END,
				json_build_object('mailingId', w.id, 'householdId', g.household_id)
			FROM unnest($1::text[]) AS kind, guest g, account a, written w, made WHERE g.email = $2 AND a.email = $3
			RETURNING id, wedding_id, account_id
		), put AS (
			INSERT INTO delivery (wedding_id, message_id, address)
			SELECT wedding_id, id, CASE WHEN account_id IS NULL THEN $2 ELSE $3 END FROM said RETURNING id
		), job AS (
			INSERT INTO jobs.job (name, data) SELECT 'outbox.run', json_build_object('runId', id) FROM made
		)
		SELECT id FROM put`,
		[KINDS, emailOf('mei'), emailOf('anna')]
	);
	const ids = rows.map(({ id }) => id);
	const states = async () =>
		(await sql.query('SELECT DISTINCT state, reason FROM delivery WHERE id = ANY ($1)', [ids])).rows;
	await expect.poll(states).toEqual([{ state: 'sent', reason: null }]);
	return ids;
}

/** Where a mail leads: as it is seen, and as text. */
function readLinks(id: string): string[] {
	const read = (ending: string) => readFileSync(join(mailbox(), `${id}.${ending}`), 'utf8');
	const seen = [...read('html').matchAll(/href="(https?:[^"]+)"/g)].map(([, url]) =>
		url!.replaceAll('&amp;', '&')
	);
	return [...seen, ...(read('txt').match(/https?:\S+/g) ?? [])];
}

/** All that is stored, table by table; what limits count is no matter of anybody's. */
async function readEverything(): Promise<Record<string, string>> {
	const { sql } = wedding();
	const { rows: tables } = await sql.query<{ name: string }>(
		`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'rate_limit'`
	);
	const texts = tables.map(
		({ name }) =>
			`SELECT '${name}' AS name, md5(string_agg(t::text, ' ' ORDER BY t::text)) AS rows FROM "${name}" t`
	);
	const { rows } = await sql.query<{ name: string; rows: string }>(texts.join(' UNION ALL '));
	return Object.fromEntries(rows.map((one) => [one.name, one.rows]));
}

test('a scanner opens every link of a mail of every kind, and nothing happens', async ({ page, request }) => {
	const links = new Set((await sendEach()).flatMap(readLinks));
	const gallery = await (await request.get('/dev/mail/gallery')).text();
	const kinds = new Set([...gallery.matchAll(/\?kind=(\w+)/g)].map(([, kind]) => kind));
	expect([...kinds].sort()).toEqual(KINDS.toSorted());
	const places = [...links].map((link) => new URL(link).pathname.split('/')[1]);
	for (const place of ['auth', 'i', 'unsubscribe', 'calendar']) expect(places).toContain(place);

	const before = await readEverything();
	expect(Object.keys(before).length).toBeGreaterThan(30);
	for (const link of links) {
		for (const method of ['GET', 'HEAD']) expect((await request.fetch(link, { method })).status()).toBe(200);
		await page.goto(link);
		await untilIdle(page);
	}
	expect(await readEverything()).toEqual(before);
});
