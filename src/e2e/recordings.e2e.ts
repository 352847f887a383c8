import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Locator, Page } from '@playwright/test';
import { emailOf, expect, openUploadForm, routeOnce, signIn, test, withoutScripts } from '../testing/site.ts';

const AUDIO = join(import.meta.dirname, '../testing/sounds');
const sound = (name: string) => join(AUDIO, name);
const SOMETHING_ELSE = sound('SHA256SUMS');
const row = (page: Page, title: string) => page.locator('ol > li').filter({ hasText: title });

/** A title that no other test uses. */
const title = (words: string) => `${words} ${test.info().workerIndex}-${Date.now()}`;

async function couple(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
	const page = await (await browser.newContext(options)).newPage();
	await signIn(page, emailOf('anna'));
	await openUploadForm(page);
	// scripts, where there are any, take many files at once
	if (options.javaScriptEnabled ?? true) await page.locator('input[type=file][multiple]').waitFor();
	return page;
}

async function upload(page: Page, words: string, file = 'waltz-stereo.ogg'): Promise<void> {
	await page.locator('input[name=file]').setInputFiles(sound(file));
	await page.locator('input[name=title]').fill(words);
	await page.getByRole('button', { name: 'Upload the recording' }).click();
	await expect(row(page, words)).toBeVisible();
}

/** The list says so by itself. */
async function isReady(line: Locator): Promise<void> {
	await expect(line).not.toContainText(/made ready/, { timeout: 30_000 });
}

test('several files go one after the other, and what is refused says why', async ({ browser }) => {
	const page = await couple(browser);
	const files = ['groet.aac', 'SHA256SUMS', 'auguri.aiff'].map(sound);
	await page.locator('input[type=file]').setInputFiles(files);
	await page.getByRole('button', { name: 'Upload 3 recordings' }).click();
	await expect(page.getByText('“auguri” is uploaded.')).toBeVisible();
	await expect(page.getByRole('alert')).toContainText('Not uploaded: SHA256SUMS');
	await expect(page.getByRole('alert')).toContainText("isn't a sound file");
	for (const name of ['groet', 'auguri'])
		await expect(page.getByRole('link', { name, exact: true }).first()).toBeVisible();
});

test('a file that finds no room holds up the others until it is removed, and what is stored is listed', async ({
	browser
}) => {
	const page = await couple(browser);
	const words = title('Batch');
	const buffer = readFileSync(sound('groet.aac'));
	const files = ['one', 'two', 'three'].map((n) => ({
		name: `${words} ${n}.aac`,
		mimeType: 'audio/aac',
		buffer
	}));
	let begun = 0;
	await page.route('/api/uploads', (route) => {
		const full = { status: 507, json: { message: 'No room for this.' } };
		return ++begun === 2 ? route.fulfill(full) : route.continue();
	});
	await page.locator('input[type=file][multiple]').setInputFiles(files);
	await page.getByRole('button', { name: 'Upload 3 recordings' }).click();
	await expect(page.getByRole('alert')).toContainText('No room for this.');
	await expect(row(page, `${words} one`)).toBeVisible();
	await expect(page.getByText('waiting', { exact: true })).toBeVisible();

	await page.getByRole('button', { name: 'Remove from this list' }).click();
	await expect(row(page, `${words} three`)).toBeVisible();
	await expect(row(page, `${words} two`)).toHaveCount(0);
});

test('an upload can be stopped until all of it is sent', async ({ browser }) => {
	const page = await couple(browser);
	const stop = page.getByRole('button', { name: 'Stop uploading groet.aac' });
	// the file goes nowhere, and is all sent when the test says so
	await page.evaluate(() => {
		const { send } = XMLHttpRequest.prototype;
		XMLHttpRequest.prototype.send = function (body) {
			if (!(body instanceof Blob)) return send.call(this, body);
			const all = { lengthComputable: true, loaded: body.size, total: body.size };
			addEventListener('sent', () => this.upload.dispatchEvent(new ProgressEvent('progress', all)));
		};
	});
	await page.locator('input[type=file][multiple]').setInputFiles(sound('groet.aac'));
	await page.getByRole('button', { name: 'Upload the recording' }).click();
	await expect(stop).toBeVisible();
	await expect(async () => {
		await page.evaluate(() => dispatchEvent(new Event('sent')));
		await expect(page.getByText('being stored')).toBeVisible({ timeout: 500 });
	}).toPass();
	await expect(stop).toHaveCount(0);
});

test('an upload whose answer was lost goes on by itself, and is there once', async ({ browser }) => {
	const page = await couple(browser);
	const words = title('Lost and found');
	await routeOnce(page, '/api/uploads/*', async (route) => {
		await route.fetch();
		await route.abort('connectionreset');
	});
	await page.locator('input[type=file][multiple]').setInputFiles(sound('waltz-stereo.ogg'));
	await page.locator('input[name=title]').fill(words);
	await page.getByRole('button', { name: 'Upload the recording' }).click();
	await expect(page.getByText(`“${words}” is uploaded.`)).toBeVisible();
	await page.reload();
	await expect(row(page, words)).toHaveCount(1);
});

test('a file that is dropped is chosen', async ({ browser }) => {
	const page = await couple(browser);
	await page.locator('form[action="/api/upload"]').evaluate((form) => {
		const dataTransfer = new DataTransfer();
		dataTransfer.items.add(new File(['x'], 'dropped.mp3', { type: 'audio/mpeg' }));
		dataTransfer.items.add(new File(['x'], 'list.pdf', { type: 'application/pdf' }));
		form.dispatchEvent(new DragEvent('drop', { dataTransfer, cancelable: true }));
	});
	await expect(page.getByText('list.pdf: Not a sound file.')).toBeVisible();
	await expect(page.getByText('The other one can go up.')).toBeVisible();
});

test('without JavaScript a refused upload keeps what was typed, and the next one succeeds', async ({
	browser
}) => {
	const page = await couple(browser, { javaScriptEnabled: false });
	const words = title('By hand');
	await page.locator('input[name=title]').fill(words);
	await page.locator('input[name=moment]').fill('Dinner');
	await page.locator('input[type=file]').setInputFiles(SOMETHING_ELSE);
	const answer = page.waitForResponse('/api/upload');
	await page.getByRole('button', { name: 'Upload the recording' }).click();
	expect((await answer).status()).toBe(415);
	await expect(page.getByRole('alert')).toContainText("isn't a sound file");
	await expect(page.locator('input[name=moment]')).toHaveValue('Dinner');

	await page.locator('input[type=file]').setInputFiles(sound('groet.aac'));
	await page.getByRole('button', { name: 'Upload the recording' }).click();
	await expect(page).toHaveURL('/couple/recordings');
	await expect(page.getByRole('list', { name: 'Dinner' }).getByRole('link', { name: words })).toBeVisible();
});

test('the order is changed from the keyboard, and the focus goes along', async ({ browser }) => {
	const page = await couple(browser);
	const [first, last] = [title('First'), title('Last')];
	await upload(page, first);
	await upload(page, last);
	const up = page.getByRole('button', { name: `Move “${last}” up` });
	const order = () => page.locator('ol > li > .words > .title').allInnerTexts();
	const isAbove = async () => {
		const titles = await order();
		expect(titles).toEqual(expect.arrayContaining([first, last]));
		return titles.indexOf(last) < titles.indexOf(first);
	};
	expect(await isAbove()).toBe(false);
	await up.focus();
	// once, unless a recording of another test has come between
	await expect(async () => {
		await page.keyboard.press('Enter');
		await expect.poll(isAbove, { timeout: 2000 }).toBe(true);
	}).toPass();
	await expect(up).toBeFocused();
	await page.reload();
	expect(await isAbove()).toBe(true);
});

test('a row’s menu closes when something in it was done, by Escape and by pressing elsewhere', async ({
	browser
}) => {
	const page = await couple(browser);
	const words = title('On the menu');
	await upload(page, words);
	const more = row(page, words).locator('summary').filter({ hasText: 'More' });
	const hide = row(page, words).getByRole('button', { name: 'Hide from guests' });
	const remove = row(page, words).getByRole('button', { name: 'Delete', exact: true });
	await more.click();
	await hide.click();
	await expect(row(page, words)).toContainText('hidden');
	await expect(row(page, words).getByRole('link', { name: 'Listen' })).toBeHidden();
	await expect(more).toBeFocused();

	await page.keyboard.press('Enter');
	await row(page, words).getByRole('button', { name: 'Show to guests' }).press('Enter');
	await expect(row(page, words)).not.toContainText('hidden');
	await expect(more).toBeFocused();

	await more.click();
	await remove.click();
	await page.getByRole('dialog').press('Escape');
	await expect(remove).toBeFocused();
	await page.keyboard.press('Escape');
	await expect(remove).toBeHidden();
	await expect(more).toBeFocused();

	await more.click();
	await expect(remove).toBeVisible();
	await page.getByRole('heading', { level: 1 }).click();
	await expect(remove).toBeHidden();
});

test('a file without sound in it says so to the couple, who can try again, and guests do not see it', async ({
	browser
}) => {
	const page = await couple(browser);
	const words = title('Only noise');
	const buffer = readFileSync(sound('toast-phone.m4a'));
	// a good head, and then nothing that could be decoded
	buffer.fill(0xff, buffer.indexOf('mdat') + 4, buffer.lastIndexOf('moov') - 4);
	const file = { name: 'noise.m4a', mimeType: 'audio/mp4', buffer };
	await page.locator('input[type=file]').setInputFiles(file);
	await page.locator('input[name=title]').fill(words);
	await page.getByRole('button', { name: 'Upload the recording' }).click();
	const again = page.getByRole('button', { name: `Try “${words}” again` });
	await expect(again).toBeVisible({ timeout: 30_000 });
	await expect(row(page, words)).toContainText("couldn't find any sound");
	const answer = page.waitForResponse((one) => one.url().endsWith('?/retry'));
	await again.click();
	expect((await answer).status()).toBe(200);

	const guest = await browser.newPage();
	await signIn(guest, emailOf('mei'));
	await guest.goto('/recordings');
	await expect(guest.getByRole('link', { name: 'The waltz' })).toBeVisible();
	await expect(guest.getByText(words)).toHaveCount(0);
});

test('hidden means gone for guests, and deleted means gone', async ({ browser }) => {
	const page = await couple(browser);
	const words = title('Between us');
	await upload(page, words);
	await isReady(row(page, words));
	const guest = await browser.newPage();
	await signIn(guest, emailOf('elif'));
	await guest.goto('/recordings');
	await guest.getByRole('link', { name: words }).click();
	await expect(guest.getByRole('heading', { level: 1 })).toHaveText(words);

	await row(page, words).getByText('More').click();
	await row(page, words).getByRole('button', { name: 'Hide from guests' }).click();
	await expect(row(page, words)).toContainText('hidden');
	expect((await guest.reload())?.status()).toBe(404);
	expect((await guest.request.get(`${new URL(guest.url()).pathname}/audio`)).status()).toBe(404);

	await row(page, words).getByRole('link', { name: words }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(words);
	await page.getByRole('button', { name: 'Delete', exact: true }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Delete the recording' }).click();
	await expect(page).toHaveURL(/\/couple\/recordings\?removed=/);
	await expect(row(page, words)).toHaveCount(0);
	await page.getByRole('button', { name: 'Undo it' }).click();
	await expect(row(page, words)).toContainText('hidden');
});

test('a file that was chosen before the scripts came is uploaded', async ({ page }) => {
	await signIn(page, emailOf('anna'));
	const words = title('Early');
	const come = await withoutScripts(page);
	await openUploadForm(page);
	await page.locator('input[type=file]').setInputFiles(sound('groet.aac'));
	await page.locator('input[name=title]').fill(words);
	come();
	await page.locator('input[type=file][multiple]').waitFor();
	await page.getByRole('button', { name: 'Upload the recording' }).click();
	await expect(page.getByText(`“${words}” is uploaded.`)).toBeVisible();
});
