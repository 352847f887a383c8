import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import * as tus from 'tus-js-client';
import { type KilledSite, makeKilledSite } from '../testing/killed-site.ts';
import { follow } from '../testing/site.ts';
import { wave } from '../testing/wave.ts';

test.describe.configure({ mode: 'serial' });

const MB = 2 ** 20;
let site: KilledSite;

test.beforeAll(async () => {
	site = await makeKilledSite();
});
test.afterAll(() => site.stop());

const sum = (content: Buffer) => createHash('sha256').update(content).digest('hex');

async function stored(): Promise<string[]> {
	const rows = await site.sql('SELECT id, format FROM recording ORDER BY position');
	return rows.map(({ id, format }) => sum(readFileSync(join(site.uploads, id, `original.${format}`))));
}

test('a file is the same, and there once, after the process was killed twice in the middle', async () => {
	const content = wave(40 * MB);
	let killed = 0;
	await new Promise((resolve, reject) => {
		const upload = new tus.Upload(content, {
			endpoint: `${site.origin}/api/uploads`,
			chunkSize: 8 * MB,
			headers: { cookie: `session=${site.cookie.value}`, origin: site.origin },
			metadata: { filename: 'vows.wav' },
			retryDelays: Array(300).fill(100),
			onProgress(sent) {
				if (sent < (killed + 1) * 13 * MB || killed === 2) return;
				killed++;
				site.kill().then(() => site.run(), reject);
			},
			onError: reject,
			onSuccess: resolve
		});
		upload.start();
	});
	expect(killed).toBe(2);
	expect(await stored()).toEqual([sum(content)]);
	await site.sql('DELETE FROM recording');
});

const progress = (page: Page, name: string) =>
	page.getByRole('progressbar', { name }).evaluate((bar: HTMLProgressElement) => bar.value);

/** Slow enough to be seen, as venues are. */
async function venue(page: Page) {
	const devtools = await page.context().newCDPSession(page);
	await devtools.send('Network.enable');
	const network = (offline: boolean) =>
		devtools.send('Network.emulateNetworkConditions', {
			...{ offline, latency: 20, downloadThroughput: -1, uploadThroughput: 3 * MB }
		});
	await network(false);
	return { cut: () => network(true), mend: () => network(false) };
}

test('three files arrive over a network that is cut and a server that is killed, while one walks about', async ({
	browser
}) => {
	test.setTimeout(180_000);
	const page = await (await browser.newContext({ baseURL: site.origin })).newPage();
	await page.context().addCookies([site.cookie]);
	await page.goto('/couple/recordings');
	await page.locator('input[type=file][multiple]').waitFor();
	const network = await venue(page);
	// the last is still on its way when it is paused
	const sizes = { 'toast.wav': 10, 'vows.wav': 10, 'waltz.wav': 28 };
	const contents = new Map(Object.entries(sizes).map(([name, size]) => [name, wave(size * MB)]));
	let begun = 0;
	page.on(
		'request',
		(request) => (begun += Number(request.method() === 'POST' && /\/api\/uploads$/.test(request.url())))
	);
	const files = [...contents].map(([name, buffer]) => ({ name, mimeType: 'audio/wav', buffer }));
	await page.locator('input[type=file]').setInputFiles(files);
	await page.getByRole('button', { name: 'Upload 3 recordings' }).click();

	await expect.poll(() => progress(page, 'toast.wav')).toBeGreaterThan(0.2);
	await network.cut();
	await expect(page.getByText('no connection')).toBeVisible();
	await network.mend();
	await expect(page.getByText('no connection')).toHaveCount(0);
	await expect(page.getByText('“toast” is uploaded.')).toBeVisible();

	await expect.poll(() => progress(page, 'vows.wav')).toBeGreaterThan(0.2);
	await site.kill();
	await expect(page.getByText('no connection')).toBeVisible();
	await site.run();
	await expect(page.getByText('no connection')).toHaveCount(0);

	await follow(page, 'Guest list');
	await expect(page).toHaveURL('/couple/guests');
	await expect(page.getByRole('link', { name: /on (its|their) way/ })).toBeVisible();
	await page.getByRole('link', { name: /on (its|their) way/ }).click();
	await expect(page).toHaveURL('/couple/recordings');
	await expect(page.getByText('“vows” is uploaded.')).toBeVisible();

	// one that has not begun is begun anew when it goes on
	await expect.poll(() => progress(page, 'waltz.wav')).toBeGreaterThan(0.1);
	await page.getByRole('button', { name: 'Pause waltz.wav' }).click();
	await expect(page.getByText(/^paused/)).toBeVisible();
	await page.getByRole('button', { name: 'Go on with waltz.wav' }).click();
	await expect(page.getByText('“waltz” is uploaded.')).toBeVisible({ timeout: 60_000 });
	expect(begun).toBe(3);
	expect(await stored()).toEqual([...contents.values()].map(sum));
});

test('after the page was loaded anew, the same file goes on from where it was', async ({ browser }) => {
	const page = await (await browser.newContext({ baseURL: site.origin })).newPage();
	await page.context().addCookies([site.cookie]);
	await page.goto('/couple/recordings');
	await page.getByText('Add a recording').click();
	await venue(page);
	const file = { name: 'speech.wav', mimeType: 'audio/wav', buffer: wave(12 * MB) };
	// a browser says when a file that a person chooses was changed; of these it would say now
	const choose = (field: string) =>
		page.locator(field).evaluate(
			(input: HTMLInputElement, { name, base64 }) => {
				const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
				const chosen = new DataTransfer();
				chosen.items.add(new File([bytes], name, { type: 'audio/wav', lastModified: 7 }));
				input.files = chosen.files;
				input.dispatchEvent(new Event('change', { bubbles: true }));
			},
			{ name: file.name, base64: file.buffer.toString('base64') }
		);
	await choose('input[type=file][multiple]');
	await page.getByLabel('Title').fill('The speech');
	await page.getByRole('button', { name: 'Upload the recording' }).click();
	await expect.poll(() => progress(page, 'speech.wav')).toBeGreaterThan(0.3);
	// an upload under way is asked about
	page.on('dialog', (dialog) => dialog.accept());
	await page.reload();

	const line = page.getByRole('listitem').filter({ hasText: 'speech.wav' });
	await expect(line).toContainText('Choose the same file again');
	await page.getByLabel('Choose speech.wav again').setInputFiles({ ...file, buffer: Buffer.from('another') });
	await expect(line.getByRole('alert')).toContainText('That is another file.');
	const begun = page.waitForRequest((request) => request.method() === 'PATCH');
	await choose('li input[type=file]');
	expect(Number((await begun).headers()['upload-offset'])).toBeGreaterThan(2 * MB);
	await expect(page.getByText('“The speech” is uploaded.')).toBeVisible();
	expect((await stored()).at(-1)).toBe(sum(file.buffer));
});

test('a file that is there already is asked about, and goes or stays', async ({ browser }) => {
	const page = await (await browser.newContext({ baseURL: site.origin })).newPage();
	await page.context().addCookies([site.cookie]);
	await page.goto('/couple/recordings');
	await page.getByText('Add a recording').click();
	const buffer = wave(MB);
	const files = ['first', 'second', 'third'].map((name) => ({
		name: `${name}.wav`,
		mimeType: 'audio/wav',
		buffer
	}));
	await page.locator('input[type=file][multiple]').setInputFiles(files);
	await page.getByRole('button', { name: 'Upload 3 recordings' }).click();
	await expect(page.getByText('“third” is uploaded.')).toBeVisible();
	const sums = () => site.sql(`SELECT FROM recording WHERE sha256 IS NULL`);
	await expect.poll(sums).toEqual([]);
	await page.reload();
	const row = (title: string) =>
		page.locator('ol > li').filter({ has: page.getByRole('link', { name: title }) });
	await expect(row('first')).not.toContainText('the same file');
	for (const title of ['second', 'third'])
		await expect(row(title)).toContainText('This is the same file as “first”.');
	await row('second').getByRole('button', { name: 'Keep “second” too' }).click();
	await expect(row('second')).not.toContainText('the same file');
	await row('third').getByRole('button', { name: 'Delete this copy, “third”' }).click();
	await expect(row('third')).toHaveCount(0);
	await expect(row('second')).toBeVisible();
});
