import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { APIRequestContext, Page } from '@playwright/test';
import { readZip } from '../testing/read-zip.ts';
import { emailOf, expect, origin, signIn, test, wedding } from '../testing/site.ts';

const ALL = '/recordings/all.zip';

/** What the browser of this page has of it from here on. */
async function part(request: APIRequestContext, range: string, etag = '') {
	const headers = { range, ...(etag && { 'if-range': etag }) };
	const answer = await request.get(ALL, { headers });
	return { status: answer.status(), headers: answer.headers(), body: await answer.body() };
}

const sum = (content: Buffer) => createHash('sha256').update(content).digest('hex');

test.beforeEach(() => wedding().sql.query(`UPDATE recording SET state = 'ready'`));

test('the couple takes everything home in two parts, and hears it without the site', async ({
	page
}, info) => {
	await signIn(page, emailOf('anna'));
	await page.goto('/couple/recordings');
	await expect(page.getByRole('link', { name: /^Take it all home \(\d+ kB\)$/ })).toHaveAttribute(
		'href',
		ALL
	);

	const head = await page.request.head(ALL);
	const { etag = '', 'content-length': length } = head.headers();
	const middle = Math.round(Number(length) / 2);
	const first = await part(page.request, `bytes=0-${middle - 1}`);
	const second = await part(page.request, `bytes=${middle}-`, etag);
	expect([first.status, second.status]).toEqual([206, 206]);
	const files = readZip(Buffer.concat([first.body, second.body]));

	const titles = ['01 The toast.mp3', '02 The waltz.ogg', '03 A greeting.mp3', '04 Behind a tractor.ogg'];
	const names = titles.map((title) => `recordings/${title}`);
	expect([...files.keys()]).toEqual(['index.html', 'recordings.csv', ...names]);
	const sounds = ['toast-cbr.mp3', 'waltz-stereo.ogg', 'groet-tiny-8k.mp3', 'toast-voice.ogg'];
	const sources = sounds.map((name) => readFileSync(join(import.meta.dirname, '../testing/sounds', name)));
	expect(names.map((name) => sum(files.get(name)!))).toEqual(sources.map(sum));

	for (const [name, content] of files) {
		const path = info.outputPath(name);
		mkdirSync(dirname(path), { recursive: true });
		writeFileSync(path, content);
	}
	const asked: string[] = [];
	page.on('request', (request) => asked.push(request.url()));
	await page.goto(pathToFileURL(info.outputPath('index.html')).href);
	await expect(page.getByRole('heading', { level: 2 })).toHaveText([
		...['The toast', 'The waltz', 'A greeting', 'Behind a tractor']
	]);
	await expect(page.getByText('stars from 2 guests').first()).toBeVisible();
	const sound = page.locator('audio').nth(1);
	await sound.evaluate((audio: HTMLAudioElement) => audio.play());
	await expect
		.poll(() => sound.evaluate((audio: HTMLAudioElement) => audio.currentTime))
		.toBeGreaterThan(0.2);
	expect(asked.filter((url) => !url.startsWith('file:'))).toEqual([]);
});

test('guests take home what they may hear once the couple lets them', async ({ browser }) => {
	const [couple, guest] = [await browser.newPage(), await browser.newPage()];
	await signIn(guest, emailOf('mei'));
	await guest.goto('/recordings');
	await guest.getByRole('link', { name: /^Take them with you/ }).click();
	await expect(guest.getByRole('heading', { level: 1 })).toHaveText('Take them with you');
	const take = guest.getByRole('link', { name: /^Take it all home/ });
	await expect(take).toHaveCount(0);
	expect((await guest.request.get(ALL)).status()).toBe(403);

	await signIn(couple, emailOf('anna'));
	await couple.goto('/couple/settings');
	await couple.getByLabel('Guests may download all recordings').check();
	await couple.getByRole('button', { name: 'Save' }).click();
	await expect(couple.getByText('Saved')).toBeVisible();
	await expect(couple.getByLabel('Guests may download all recordings')).toBeChecked();
	await wedding().sql.query(`UPDATE recording SET is_hidden = true WHERE title = 'A greeting'`);

	await guest.reload();
	const download = guest.waitForEvent('download');
	await take.click();
	const file = await (await download).path();
	const files = readZip(readFileSync(file));
	expect([...files.keys()].join()).not.toContain('A greeting');
	expect(String(files.get('recordings.csv'))).not.toContain('stars');
	await wedding().sql.query(`UPDATE recording SET is_hidden = false`);
});

/** As an app does it: without a cookie, and a parser that takes no nonsense. */
async function subscribe(page: Page, request: APIRequestContext, address: string) {
	const answer = await request.get(address);
	const text = await answer.text();
	const found = await page.evaluate((xml) => {
		const feed = new DOMParser().parseFromString(xml, 'application/xml');
		const all = (name: string) => [...feed.getElementsByTagName(name)];
		return {
			faults: all('parsererror').map((fault) => fault.textContent),
			titles: all('item').map((item) => item.querySelector('title')?.textContent),
			sounds: all('enclosure').map((sound) => [sound.getAttribute('url')!, sound.getAttribute('length')])
		};
	}, text);
	return { status: answer.status(), headers: answer.headers(), ...found };
}

test('a guest listens in a podcast app, until the address is renewed', async ({ page, playwright }) => {
	const app = await playwright.request.newContext();
	await signIn(page, emailOf('lucia'));
	await page.goto('/recordings/along');
	await page.getByRole('button', { name: 'Make my address' }).click();
	const shown = page.getByText(/\/feed\//);
	await expect(shown).toContainText(`${origin()}/feed/`);
	const address = await shown.innerText();
	await expect(page.getByRole('link', { name: 'Open in Apple Podcasts' })).toHaveAttribute(
		'href',
		address.replace(/^http/, 'podcast')
	);

	const feed = await subscribe(page, app, address);
	expect(feed.headers).toMatchObject({
		'cache-control': 'private, no-store',
		'x-robots-tag': 'noindex, nofollow'
	});
	expect([feed.status, feed.faults, feed.titles]).toEqual([
		...[200, [], ['The toast', 'The waltz', 'A greeting', 'Behind a tractor']]
	]);
	const [url] = feed.sounds[1]!;
	const sound = await app.get(url!, { headers: { range: 'bytes=0-3' } });
	expect([sound.status(), (await sound.body()).length]).toEqual([206, 4]);
	expect((await app.head(url!)).status()).toBe(200);

	await page.getByRole('button', { name: 'Make a new address' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Make a new address' }).click();
	await expect(shown).not.toHaveText(address);
	for (const old of [address, url!]) expect((await app.get(old)).status()).toBe(404);
	expect((await app.get(await shown.innerText())).status()).toBe(200);

	await page.getByRole('button', { name: 'Remove the address' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Remove the address' }).click();
	await expect(page.getByRole('button', { name: 'Make my address' })).toBeVisible();
	await app.dispose();
});

test('the address is made and renewed without scripts', async ({ browser }) => {
	const page = await browser.newPage({ javaScriptEnabled: false });
	await signIn(page, emailOf('hugo'));
	await page.goto('/recordings/along');
	await page.getByRole('button', { name: 'Make my address' }).click();
	const shown = page.getByText(/\/feed\//);
	const address = await shown.innerText();
	await page.getByText('Make a new address', { exact: true }).first().click();
	await page.getByRole('button', { name: 'Make a new address' }).click();
	await expect(shown).not.toHaveText(address);
});
