import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type APIRequestContext, expect, type Page, test as base } from '@playwright/test';
import { digest, makeSecret } from '../lib/kernel/token.ts';
import { mailbox, makeWedding, type Wedding } from './wedding.ts';

export { expect };

let current: { file: string; wedding: Wedding } | undefined;

/** The tests of a file play at a wedding that no other file has: a worker is busy with one file at a time. */
export const test = base.extend<{ ownWedding: Wedding }, { lastWedding: void }>({
	lastWedding: [
		async ({}, use) => {
			await use();
			await current?.wedding.stop();
		},
		{ scope: 'worker', auto: true }
	],
	ownWedding: [
		async ({}, use, { file, repeatEachIndex }) => {
			const owner = `${repeatEachIndex} ${file}`;
			if (current?.file !== owner) {
				await current?.wedding.stop();
				current = undefined;
				current = { file: owner, wedding: await makeWedding() };
			}
			await use(current.wedding);
		},
		{ auto: true }
	],
	baseURL: ({ ownWedding }, use) => use(ownWedding.origin),
	context: async ({ context }, use) => {
		await context.addInitScript(noticeRouter);
		await use(context);
	}
});

export const wedding = (): Wedding => current!.wedding;
/** The address of this person at it: 'anna' of the couple, 'mei', 'hugo', … */
export const emailOf = (word: string) => wedding().emailOf(word);
export const origin = () => wedding().origin;

export type LocalMail = { subject: string; text: string; link: string; code: string };

/** Everything in the local mailbox for this address, oldest first. */
export function mails(address: string): LocalMail[] {
	return readdirSync(mailbox())
		.filter((name) => /^[^.].*\.txt$/.test(name))
		.map((name) => readFileSync(join(mailbox(), name), 'utf8'))
		.filter((text) => text.startsWith('To: ') && text.split('\n')[0]!.toLowerCase().includes(`<${address}>`))
		.sort((one, other) => dateOf(one).localeCompare(dateOf(other)))
		.map((text) => ({
			subject: /^Subject: (.*)$/m.exec(text)![1]!,
			text,
			link: /https?:\S+\/(?:auth\/verify|i)\/\S+/.exec(text)![0],
			code: /: ([A-Z0-9]{4} [A-Z0-9]{4})$/m.exec(text)?.[1] ?? ''
		}));
}

const dateOf = (text: string) => /^Date: (.*)$/m.exec(text)![1]!;

/** The mail that comes after those that are there. */
export async function nextMail(address: string, act: () => Promise<unknown>): Promise<LocalMail> {
	const before = mails(address).length;
	await act();
	await expect.poll(() => mails(address).length).toBeGreaterThan(before);
	return mails(address).at(-1)!;
}

/** Sends the form of the login page and gives the path of the link that is mailed. */
export async function askLink(request: APIRequestContext, address: string, form = {}): Promise<string> {
	const { link } = await nextMail(address, () =>
		post(request, '/auth/send-link', { form: { email: address, ...form } })
	);
	return new URL(link).pathname;
}

/** As a browser posts a form of ours; redirects are not followed. */
export function post(
	request: APIRequestContext,
	path: string,
	{ form = {}, headers = {} }: { form?: Record<string, string>; headers?: Record<string, string> } = {}
) {
	return request.post(path, {
		form,
		maxRedirects: 0,
		headers: { origin: origin(), accept: 'text/html', ...headers }
	});
}

/**
 * The browser has a session of this person's from now on, as their link would open it; the page stays where it is. That
 * mails bring people in is proven by login.e2e.ts: here nobody waits for one.
 */
export async function signIn(page: Page, address: string): Promise<void> {
	const secret = makeSecret();
	const { rowCount } = await wedding().sql.query(
		`WITH person AS (
			SELECT wedding_id, account_id, NULL::uuid AS household_id, NULL::uuid AS guest_id
			FROM member JOIN account ON account.id = account_id WHERE email = $1
			UNION ALL SELECT wedding_id, NULL, household_id, id FROM guest WHERE email = $1
		), seen AS (
			UPDATE household SET opened_at = coalesce(opened_at, now()), seen_at = now()
			FROM person WHERE household.id = person.household_id
		)
		INSERT INTO session (wedding_id, account_id, household_id, guest_id, secret_hash, expires_at)
		SELECT *, $2, now() + interval '1 hour' FROM person`,
		[address, digest(secret)]
	);
	expect(rowCount).toBe(1);
	await page
		.context()
		.addCookies([{ name: 'session', value: secret, url: origin(), httpOnly: true, sameSite: 'Lax' }]);
}

/** Signs in as a person does, who opens the mail and presses the button. */
export async function followLink(page: Page, address: string): Promise<void> {
	await page.goto(await askLink(page.request, address));
	await page.locator('main').getByRole('button').click();
	await page.waitForURL((url) => !url.pathname.startsWith('/auth'));
}

/** The couple's page of recordings, with the form to add one unfolded. */
export async function openUploadForm(page: Page): Promise<void> {
	await page.goto('/couple/recordings');
	const form = page.locator('details', { has: page.locator('form[action="/api/upload"]') });
	if ((await form.getAttribute('open')) === null) await form.locator('summary').click();
}

/** Keeps the page's scripts away until the function that it gives back is called. */
export async function withoutScripts(page: Page): Promise<() => void> {
	const { promise, resolve } = Promise.withResolvers<void>();
	await page.route(/\/_app\/.*\.js$/, async (route) => {
		await promise;
		await route.continue();
	});
	return resolve;
}

/** For the first request alone: with `times: 1` Playwright may lose what is asked while it takes its route away. */
export async function routeOnce(page: Page, ...[url, handle]: Parameters<Page['route']>): Promise<void> {
	let isFirst = true;
	await page.route(url, (route, request) => {
		if (!isFirst) return route.fallback();
		isFirst = false;
		return handle(route, request);
	});
}

/** Resolves when the scripts of a page run that wait for a hand on it. */
export async function untilRunning(page: Page): Promise<void> {
	let moves = 0;
	const waits = async () => {
		await page.mouse.move(1 + (moves++ % 2), 1);
		return page.evaluate(() => 'waits' in document.documentElement.dataset);
	};
	await expect.poll(waits).toBe(false);
}

/** Resolves when Kit has taken over links and the Back button, some time after the page's scripts run. */
export async function untilRouted(page: Page): Promise<void> {
	await untilRunning(page);
	await expect.poll(() => page.evaluate(() => 'isRouted' in window)).toBe(true);
}

/** The last thing that Kit listens for when it starts. */
function noticeRouter() {
	const add = window.addEventListener;
	window.addEventListener = function (this: Window, ...args: Parameters<typeof add>) {
		if (args[0] === 'pageshow') Object.assign(window, { isRouted: true });
		return add.apply(this, args);
	} as typeof add;
}

/** By the couple's navigation, which a phone folds away. */
export async function follow(page: Page, name: string): Promise<void> {
	const pages = page.getByRole('navigation', { name: 'Pages' });
	if (!(await pages.locator('details').evaluate(({ open }: HTMLDetailsElement) => open)))
		await pages.locator('summary').click();
	await pages.getByRole('link', { name, exact: true }).click();
}
