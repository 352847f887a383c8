import type { Page } from '@playwright/test';
import { findings } from '../testing/axe.ts';
import { askLink, emailOf, expect, origin, signIn, test, wedding } from '../testing/site.ts';

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

test('looking changes nothing, whoever looks', async ({ page, request }) => {
	const path = await linkTo('maria', 'reminders');
	for (const method of ['GET', 'HEAD']) {
		const response = await request.fetch(path, { method });
		expect(response.status()).toBe(200);
		expect(response.headers()['set-cookie']).toBeUndefined();
		expect(response.headers()['referrer-policy']).toBe('no-referrer');
	}
	// a scanner with a browser of its own, until nothing happens any more
	await page.goto(path, { waitUntil: 'load' });
	await page.mouse.move(100, 100);
	await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
	await page.evaluate(() => new Promise((idle) => requestIdleCallback(idle)));
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
