import { request as askPlain } from 'node:http';
import { text } from 'node:stream/consumers';
import type { APIRequestContext, APIResponse, Page } from '@playwright/test';
// by themselves: together they are two thousand modules, which Playwright would translate for ten seconds
import { failure_missing } from '../lib/i18n/compiled/messages/failure_missing.js';
import { mail_login_button } from '../lib/i18n/compiled/messages/mail_login_button.js';
import { mail_login_subject } from '../lib/i18n/compiled/messages/mail_login_subject.js';
import { nav_wedding } from '../lib/i18n/compiled/messages/nav_wedding.js';
import { wedding_of } from '../lib/i18n/compiled/messages/wedding_of.js';
import { LANGUAGES } from '../lib/i18n/languages.ts';
import { chooseLanguage } from '../testing/language.ts';
import { askLink, emailOf, expect, nextMail, origin, post, signIn, test } from '../testing/site.ts';

const nothing = '01900000-0000-7000-8000-000000000000';
const own = { accept: 'text/html' };
const asForm = () => ({
	...own,
	origin: origin(),
	'content-type': 'application/x-www-form-urlencoded'
});

type Ask = Parameters<APIRequestContext['fetch']>[1];
type Refusal = { path: string; ask?: Ask; status: number; title: string; home?: string };

const ofStranger = (form = asForm()): Refusal[] => [
	{ path: '/nowhere', status: 404, title: 'Page not found' },
	{ path: '/refused', status: 404, title: 'Page not found' },
	{ path: `/auth/nowhere?q=<b>`, status: 404, title: 'Page not found' },
	{ path: '/%ff', status: 400, title: "That didn't work" },
	{ path: '/dev/mail/nowhere', status: 404, title: 'Page not found' },
	{ path: '/login', ask: { method: 'PUT', headers: form }, status: 405, title: 'Not possible here' },
	{
		path: '/auth/verify-code?/nothing',
		ask: { method: 'POST', headers: form },
		status: 404,
		title: 'Page not found'
	},
	{ path: '/couple/settings', ask: { method: 'POST', headers: form }, status: 401, title: 'Sign in' },
	{ path: '/api/upload', ask: { method: 'POST', headers: form }, status: 401, title: 'Sign in' },
	{ path: '/login', ask: { method: 'POST', headers: own }, status: 403, title: 'Not allowed' },
	{
		...{ path: '/auth/send-link', status: 413, title: 'Too large' },
		ask: { method: 'POST', headers: form, data: 'x'.repeat(600_000) }
	},
	{
		...{ path: '/auth/send-link', status: 415, title: "We can't read this" },
		ask: { method: 'POST', headers: { ...form, 'content-encoding': 'gzip' }, data: 'x' }
	},
	{
		...{ path: '/auth/verify-code', status: 415, title: "We can't read this" },
		ask: { method: 'POST', headers: { ...form, 'content-type': 'application/json' }, data: 'x' }
	}
];

const OF_A_GUEST: Refusal[] = [
	{ path: '/couple', status: 403, title: 'Not allowed' },
	{ path: '/couple/nowhere', status: 404, title: 'Page not found' },
	{ path: `/recordings/${nothing}`, status: 404, title: 'Page not found' }
];

const OF_THE_COUPLE: Refusal[] = [
	{ path: '/couple/nowhere', status: 404, title: 'Page not found', home: '/couple' },
	{ path: `/couple/guests/${nothing}`, status: 404, title: 'Page not found', home: '/couple' },
	{ path: '/couplet', status: 404, title: 'Page not found' },
	{ path: '/nowhere', status: 404, title: 'Page not found' }
];

/** What a refusal has in common with every page of the site. */
async function expectPage(page: Page, answer: APIResponse, { path, status, title, home = '/' }: Refusal) {
	const html = await answer.text();
	const what = `${status} ${path}`;
	expect(answer.status(), what).toBe(status);
	expect(answer.headers()['content-security-policy'], what).toContain("default-src 'self'");
	expect(answer.headers()['cache-control'], what).toContain('no-store');
	expect(html, what).toMatch(/<link href="[^"]*\.css" rel="stylesheet"/);
	expect(html, what).toMatch(/<link [^>]*fraunces-letters[^>]* as="font"/);
	await page.setContent(html.replaceAll(/<(script|link)\b[^>]*>/g, ''));
	await expect(page, what).toHaveTitle(`${title} · Anna & Ben`);
	await expect(page.getByRole('heading', { level: 1 }), what).toHaveText(title);
	await expect(page.locator('header a').first(), what).toHaveAttribute('href', home);
	await expect(page.locator('header summary'), what).toHaveText('English');
	const way = page.locator('main a');
	await expect(way, what).toHaveAttribute('href', status === 401 ? '/login' : home);
}

test('a refusal is a page of the site, with a title that says what it is', async ({ page, playwright }) => {
	const people: [string, Refusal[]][] = [
		['', ofStranger()],
		[emailOf('lotte'), OF_A_GUEST],
		[emailOf('anna'), OF_THE_COUPLE]
	];
	for (const [address, refusals] of people) {
		const request = await playwright.request.newContext({ baseURL: origin() });
		if (address) await post(request, await askLink(request, address, {}));
		// what was chosen is remembered, for the households speak two languages
		await post(request, '/language', { form: { language: 'en' } });
		for (const refusal of refusals)
			await expectPage(page, await request.fetch(refusal.path, { headers: own, ...refusal.ask }), refusal);
	}
});

test('a browser that does not say where a form comes from is told so, and another site something else', async ({
	request
}) => {
	const says = async (headers: { origin?: string }) => {
		const answer = await request.post('/auth/send-link', {
			form: { email: 'x@example.org' },
			headers: { ...own, ...headers } as Record<string, string>
		});
		expect(answer.status()).toBe(403);
		return answer.text();
	};
	for (const headers of [{}, { origin: 'null' }])
		expect(await says(headers)).toContain(`did not say which site that came from. Please open ${origin()}`);
	expect(await says({ origin: 'https://evil.example' })).toContain('That came from another address.');
});

test('a script is told a refusal as data', async ({ request }) => {
	const headers = { ...asForm(), accept: 'application/json', 'content-encoding': 'br' };
	const answer = await request.post('/api/upload', { headers, data: 'x' });
	expect(answer.headers()['content-type']).toBe('application/json');
	expect(answer.headers()['accept-encoding']).toBe('identity');
	expect(await answer.json()).toMatchObject({
		status: 415,
		code: 'packed',
		message: expect.stringMatching(/compressed/)
	});
});

test('the page of a refusal speaks the visitor’s language, and another one at a press', async ({
	browser
}) => {
	const page = await browser.newPage({ locale: 'nl-NL' });
	await page.goto('/nowhere?x=1');
	await expect(page).toHaveTitle('Pagina niet gevonden · Anna & Ben');
	await chooseLanguage(page, 'English');
	await expect(page).toHaveURL('/nowhere?x=1');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Page not found');
});

test('a guest’s language holds through pages, forms, mail, calendar and failures', async ({ playwright }) => {
	const guests = ['maria', 'daniel', 'lucia', 'sanne', 'elif', 'mei', 'hugo'].map(emailOf);
	for (const [n, locale] of LANGUAGES.entries()) {
		const address = guests[n]!;
		const headers = { ...own, 'accept-language': LANGUAGES.find((other) => other !== locale)! };
		const browser = { baseURL: origin(), extraHTTPHeaders: headers };
		const request = await playwright.request.newContext(browser);
		await post(request, await askLink(request, address));
		await post(request, '/language', { form: { language: locale } });
		const asked = async (answer: APIResponse | Promise<APIResponse>) => (await answer).text();
		for (const path of ['/', '/rsvp', '/calendar'])
			expect(await asked(request.get(path)), `${locale} ${path}`).toContain(`<html lang="${locale}"`);
		expect(await asked(request.get('/'))).toContain(nav_wedding({}, { locale }));
		expect(await asked(request.get('/calendar.ics'))).toContain(`//${locale.toUpperCase()}`);
		for (const answer of [request.get('/nowhere'), request.get('/%ff')])
			expect(await asked(answer), locale).toContain(`<html lang="${locale}"`);
		expect(await asked(request.get('/nowhere'))).toContain(failure_missing({}, { locale }));
		const refused = await post(request, '/auth/verify-code', { form: { code: 'no' } });
		expect(refused.status()).toBe(422);
		expect(await refused.text(), locale).toContain(`<html lang="${locale}"`);
		// another browser, of another language: the mail is the household's
		const other = await playwright.request.newContext(browser);
		const { subject, text } = await nextMail(address, () =>
			post(other, '/auth/send-link', { form: { email: address } })
		);
		const wedding = wedding_of({ names: 'Anna & Ben' }, { locale });
		expect(subject).toBe(mail_login_subject({ wedding }, { locale }));
		expect(text).toContain(mail_login_button({}, { locale }));
		// a browser of a country's own kind, before anybody is known
		const abroad = { ...own, 'accept-language': `xx, ${locale}-AT;q=0.9` };
		const stranger = await playwright.request.newContext({ baseURL: origin(), extraHTTPHeaders: abroad });
		expect(await asked(stranger.get('/login')), locale).toContain(`<html lang="${locale}"`);
	}
});

test('a guest who opens a page of the couple is led back to the front page', async ({ page }) => {
	await signIn(page, emailOf('lotte'));
	await page.goto('/couple');
	const face = () => page.locator('h1').evaluate((heading) => getComputedStyle(heading).fontFamily);
	expect(await face()).toContain('Fraunces');
	await page.locator('main a').click();
	await expect(page).toHaveURL('/');
});

test('the local mailbox is shown by the names of this machine alone', async () => {
	const ask = async (host: string, path = '/dev/mail') => {
		const asked = askPlain({
			host: '127.0.0.1',
			port: new URL(origin()).port,
			path,
			headers: { host, ...own }
		}).end();
		const response = await new Promise<import('node:http').IncomingMessage>((resolve) =>
			asked.once('response', resolve)
		);
		return { status: response.statusCode, page: await text(response) };
	};
	for (const host of ['localhost:1', '127.0.0.1', '[::1]:3000', new URL(origin()).host])
		expect((await ask(host)).status, host).toBe(200);
	for (const host of [
		'evil.example',
		'localhost.evil.example',
		'127.0.0.1.nip.io:80',
		'localhost@evil.example'
	])
		for (const path of ['/dev/mail', '/dev/mail/__data.json', `/dev/mail/${nothing}`]) {
			const { status, page } = await ask(host, path);
			expect([status, page.includes('@example.org')], host).toEqual([host.includes('@') ? 400 : 404, false]);
		}
});
