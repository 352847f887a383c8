import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type APIRequestContext, expect, type Page, test } from '@playwright/test';

/** One of the couple for each worker: two who ask for the same person would take each other's mail. */
export const COUPLE = ['anna@example.org', 'ben@example.org'][Number(process.env.TEST_PARALLEL_INDEX ?? 0)]!;

const folder = () => join(process.env.E2E_FOLDER!, 'data/mail');

export type LocalMail = { subject: string; text: string; link: string; code: string };

/** Everything in the local mailbox for this address, oldest first. */
export function mails(address: string): LocalMail[] {
	return readdirSync(folder())
		.filter((name) => /^[^.].*\.txt$/.test(name))
		.map((name) => readFileSync(join(folder(), name), 'utf8'))
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

/** The mail that comes after those that are there. An address belongs to the first file of tests that asks here. */
export async function nextMail(address: string, act: () => Promise<unknown>): Promise<LocalMail> {
	if (address !== COUPLE) claim(address);
	const before = mails(address).length;
	await act();
	await expect.poll(() => mails(address).length).toBeGreaterThan(before);
	return mails(address).at(-1)!;
}

/** Files run beside each other: two that ask for the same person would now and then take each other's mail. */
function claim(address: string): void {
	const claimed = join(process.env.E2E_FOLDER!, address);
	const file = basename(test.info().file);
	try {
		writeFileSync(claimed, file, { flag: 'wx' });
	} catch {
		const owner = readFileSync(claimed, 'utf8');
		if (owner !== file) throw new Error(`${address} is played by ${owner}`);
	}
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

export function origin(): string {
	return `http://localhost:${process.env.E2E_PORT}`;
}

/** Logs in as a person does: asks, opens the mail, presses the button. */
export async function signIn(page: Page, address: string): Promise<void> {
	await page.goto(await askLink(page.request, address));
	await page.locator('main').getByRole('button').click();
	await page.waitForURL((url) => !url.pathname.startsWith('/auth'));
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
