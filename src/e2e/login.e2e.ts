import { request as newRequest } from '@playwright/test';
import { askLink, emailOf, expect, mails, nextMail, origin, post, signIn, test } from '../testing/site.ts';

const cookie = (response: { headersArray(): { name: string; value: string }[] }, name: string) =>
	response
		.headersArray()
		.filter((header) => header.name.toLowerCase() === 'set-cookie')
		.map(({ value }) => value)
		.find((value) => value.startsWith(`${name}=`));

test.describe('a login link', () => {
	test('is not used up by twenty scanners, then lets the guest in', async ({ request, playwright }) => {
		const path = await askLink(request, emailOf('maria'));
		const scanner = await playwright.request.newContext({ baseURL: origin() });
		for (let i = 0; i < 20; i++) {
			const response = await (i % 2 ? scanner.head(path) : scanner.get(path));
			expect(response.status()).toBe(200);
			expect(response.headers()['set-cookie']).toBeUndefined();
		}
		expect(await (await scanner.get(path)).text()).toContain('<button');
		const entered = await post(request, path);
		expect(entered.status()).toBe(303);
		expect(entered.headers()['location']).toBe('/');
		const session = cookie(entered, 'session')!;
		expect(session).toMatch(/; Path=\/;/);
		expect(session).toMatch(/HttpOnly/);
		expect(session).toMatch(/SameSite=Lax/);
		expect(session).not.toMatch(/Domain/);
		expect(cookie(entered, 'nonce')).toMatch(/Max-Age=31536000; Path=\/; HttpOnly; SameSite=Lax$/);
	});

	test('of fifty posts at once lets in one, and tells the others how to go on', async ({ request }) => {
		const path = await askLink(request, emailOf('maria'));
		const fresh = await Promise.all(
			Array.from({ length: 50 }, () => newRequest.newContext({ baseURL: origin() }))
		);
		const answers = await Promise.all(fresh.map((one) => post(one, path)));
		const statuses = answers.map((answer) => answer.status()).sort();
		expect(statuses).toEqual([303, ...Array(49).fill(410)]);
		const refused = await answers.find((answer) => answer.status() === 410)!.text();
		expect(refused).toContain('Send me a new link');
		expect(refused).toContain('action="/auth/send-link"');
	});

	test('survives a double click', async ({ page }) => {
		await page.goto(await askLink(page.request, emailOf('maria')));
		await page.locator('main').getByRole('button').dblclick();
		await expect(page.getByText('Ingelogd als Maria Jansen.')).toBeVisible();
		expect(page.url()).toBe(`${origin()}/`);
	});

	test('that is spent sends a new one to the same address with one tap', async ({ page, browser }) => {
		const path = await askLink(page.request, emailOf('maria'));
		await post(page.request, path);
		const other = await browser.newPage();
		await other.goto(path);
		await expect(other.getByRole('heading')).toHaveText('This link has been used');
		const mail = await nextMail(emailOf('maria'), () =>
			other.getByRole('button', { name: 'Send me a new link' }).click()
		);
		await expect(other.getByRole('heading', { level: 1 })).toHaveText('Check your email');
		await other.goto(mail.link);
		await other.locator('main').getByRole('button').click();
		await expect(other.getByText('Ingelogd als Maria Jansen.')).toBeVisible();
	});

	test('that let this person in says so when it is opened again, and leads where it led', async ({
		page,
		browser
	}) => {
		const path = await askLink(page.request, emailOf('maria'), { next: '/recordings' });
		await page.goto(path);
		await page.locator('main').getByRole('button').click();
		await page.waitForURL('/recordings');
		await page.goto(path);
		await expect(page.getByRole('heading')).toHaveText('Je bent al ingelogd');
		await expect(page).toHaveTitle('Je bent al ingelogd · Anna & Ben');
		await expect(page.getByRole('button', { name: 'Stuur me een nieuwe link' })).toHaveCount(0);
		await page.getByRole('link', { name: 'Open de trouwsite' }).click();
		await expect(page).toHaveURL('/recordings');

		const other = await browser.newPage();
		await signIn(other, emailOf('sanne'));
		await other.goto(path);
		await expect(other.getByRole('heading')).toHaveText('Je bent al ingelogd');
		await expect(other.getByRole('button', { name: 'Stuur me een nieuwe link' })).toBeVisible();
		await other.getByRole('link', { name: 'Open de trouwsite' }).click();
		await expect(other).toHaveURL('/');
	});

	test('that is none of ours is called unknown, not used', async ({ page }) => {
		await page.goto(`/auth/verify/${'x'.repeat(43)}`);
		await expect(page.getByRole('heading')).toHaveText("We don't know this link");
		await expect(page).toHaveTitle("We don't know this link · Anna & Ben");
	});

	test('opens on another device, which shows whom it was sent to', async ({ page, browser }) => {
		await signIn(page, emailOf('maria'));
		const phone = await browser.newPage();
		await phone.goto(await askLink(page.request, emailOf('maria')));
		await expect(phone.getByText('m•••@example.org')).toBeVisible();
		await phone.locator('main').getByRole('button').click();
		await expect(phone.getByText('Ingelogd als Maria Jansen.')).toBeVisible();
		await page.goto('/');
		await expect(page.getByText('Ingelogd als Maria Jansen.')).toBeVisible();
	});

	test('page is kept nowhere and tells nobody where it came from', async ({ request }) => {
		const response = await request.get(await askLink(request, emailOf('maria')));
		const headers = response.headers();
		expect(headers['cache-control']).toContain('no-store');
		expect(headers['referrer-policy']).toBe('no-referrer');
		expect(headers['x-robots-tag']).toContain('noindex');
		const addresses = [...(await response.text()).matchAll(/(?:src|href)="([^"]*)"/g)].map(([, url]) => url!);
		expect(addresses.length).toBeGreaterThan(3);
		expect(addresses.filter((url) => /^(\w+:)?\/\//.test(url))).toEqual([]);
	});

	test('replaces a cookie that was planted before', async ({ playwright, request }) => {
		const earlier = await playwright.request.newContext({ baseURL: origin() });
		const planted = /session=([\w-]+)/.exec(
			cookie(await post(earlier, await askLink(earlier, emailOf('maria'))), 'session')!
		)![1]!;
		const browser = await playwright.request.newContext({
			baseURL: origin(),
			extraHTTPHeaders: { cookie: `session=${planted}` }
		});
		expect((await browser.get('/', { maxRedirects: 0 })).status()).toBe(200);
		const entered = await post(browser, await askLink(request, emailOf('maria')));
		expect(cookie(entered, 'session')).not.toContain(planted);
		const with_planted = await browser.get('/', {
			maxRedirects: 0,
			headers: { cookie: `session=${planted}` }
		});
		expect(with_planted.status()).toBe(303);
	});
});

test.describe('asking for a link', () => {
	test('says the same to known, unknown and broken addresses', async ({ playwright }) => {
		const seen = new Set<string>();
		const addresses = [
			emailOf('maria'),
			'nobody@example.org',
			'a@b@c',
			'x\r\nBcc: y@example.org',
			'a\0@b.c',
			'a'.repeat(300),
			''
		];
		for (const email of addresses) {
			const fresh = await playwright.request.newContext({ baseURL: origin() });
			const response = await post(fresh, '/auth/send-link', { form: { email } });
			const headers = Object.entries(response.headers())
				.filter(([name]) => !['date', 'x-request-id'].includes(name))
				.map(([name, value]) => [name, name === 'set-cookie' ? value.replace(/=[\w-]{43}/, '=…') : value]);
			seen.add(JSON.stringify([response.status(), headers, await response.text()]));
		}
		expect([...seen]).toHaveLength(1);
		expect([...seen][0]).toMatch(/303.*\/login\/sent/);
	});

	test('sends nothing to whoever is not invited', async ({ request }) => {
		await post(request, '/auth/send-link', { form: { email: 'nobody@example.org' } });
		await post(request, '/auth/send-link', { form: { email: emailOf('maria').replace('i', 'ı') } });
		await askLink(request, emailOf('anna'));
		expect(mails('nobody@example.org')).toEqual([]);
		expect(mails(emailOf('maria').replace('i', 'ı'))).toEqual([]);
	});

	test('mails our own address, whatever Host the request carries', async ({ request }) => {
		const mail = await nextMail(emailOf('anna'), () =>
			post(request, '/auth/send-link', {
				form: { email: emailOf('anna') },
				headers: {
					host: 'evil.example',
					'x-forwarded-host': 'evil.example',
					'x-forwarded-proto': 'https',
					forwarded: 'host=evil.example'
				}
			})
		);
		expect(mail.link).toMatch(new RegExp(`^${origin()}/auth/verify/[\\w-]{43}$`));
		expect(mail.text).not.toContain('evil');
	});

	for (const next of [
		'//evil.example',
		'/\\evil.example',
		'https:evil.example',
		'/\t/evil.example',
		'javascript:1'
	]) {
		test(`goes to the front page instead of ${JSON.stringify(next)}`, async ({ request }) => {
			const path = await askLink(request, emailOf('lucia'), { next });
			expect((await post(request, path)).headers()['location']).toBe('/');
		});
	}

	test('goes back to the page that was asked for', async ({ page }) => {
		await page.goto('/recordings?from=mail');
		await expect(page).toHaveURL(/\/login\?next=/);
		await page.getByLabel('Your email address').fill(emailOf('daniel'));
		const mail = await nextMail(emailOf('daniel'), async () => {
			await page.getByRole('button', { name: 'Email me a link' }).click();
			await page.waitForURL('/login/sent');
		});
		await page.goto(mail.link);
		await page.locator('main').getByRole('button').click();
		await expect(page).toHaveURL('/recordings?from=mail');
	});
});

test('logging out is for good: no cookie, no back button', async ({ page, playwright }) => {
	await signIn(page, emailOf('sanne'));
	await page.goto('/recordings');
	const [session] = (await page.context().cookies()).filter(({ name }) => name === 'session');
	await page.getByRole('button', { name: 'Uitloggen', exact: true }).click();
	await expect(page).toHaveURL('/login');
	await page.goBack();
	await expect(page).toHaveURL(/\/login/);
	const replay = await playwright.request.newContext({
		baseURL: origin(),
		extraHTTPHeaders: { cookie: `session=${session!.value}` }
	});
	const response = await replay.get('/recordings', { maxRedirects: 0 });
	expect(response.status()).toBe(303);
	expect(response.headers()['location']).toContain('/login');
});

test.describe('another site', () => {
	const paths = [
		'/auth/send-link',
		'/auth/verify/abc',
		'/auth/verify-code',
		'/auth/logout',
		'/i/ABC',
		'/language',
		'/api/upload'
	];
	const types = [
		'application/x-www-form-urlencoded',
		'text/plain',
		'application/json',
		'application/octet-stream',
		''
	];

	for (const path of paths) {
		test(`can post nothing to ${path}`, async ({ playwright }) => {
			const fresh = await playwright.request.newContext({ baseURL: origin() });
			for (const from of ['https://evil.example', 'null', '']) {
				for (const type of types) {
					const response = await fresh.fetch(path, {
						method: 'POST',
						data: `email=${emailOf('maria')}`,
						maxRedirects: 0,
						headers: { ...(from && { origin: from }), ...(type && { 'content-type': type }) }
					});
					expect(response.status(), `${from} ${type}`).toBe(403);
				}
			}
		});
	}
});

test('a refusal before there is a page is told in the visitor’s language too', async ({ request }) => {
	const response = await request.post('/auth/send-link', {
		form: { email: emailOf('maria') },
		headers: { origin: 'https://evil.example', 'accept-language': 'nl', accept: 'text/html' }
	});
	expect(response.status()).toBe(403);
	expect(response.headers()['cache-control']).toContain('no-store');
	const text = await response.text();
	expect(text).toContain('<html lang="nl">');
	expect(text).toContain('Dat kwam van een ander adres.');
});

test('an address that only takes forms says so to whoever opens it, in their language', async ({
	request
}) => {
	for (const path of ['/auth/logout', '/language']) {
		const response = await request.get(path, { headers: { 'accept-language': 'nl', accept: 'text/html' } });
		expect([response.status(), response.headers()['allow']]).toEqual([405, 'POST']);
		expect(await response.text()).toContain('Dat kan niet op dit adres.');
	}
});

test('nothing answers where SvelteKit would have functions of ours', async ({ request }) => {
	expect((await request.get('/_app/remote/x/y')).status()).toBe(404);
});
