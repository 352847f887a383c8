import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, expect, type Page, test } from '@playwright/test';
import { COUPLE, signIn, withoutScripts } from './site.ts';

const AUDIO = join(import.meta.dirname, '../cli/demo/audio');
const sound = (name: string) => join(AUDIO, name);
const SOMETHING_ELSE = sound('SHA256SUMS');
const row = (page: Page, title: string) => page.locator('ol > li').filter({ hasText: title });

/** A title that no other test uses. */
const title = (words: string) => `${words} ${test.info().workerIndex}-${Date.now()}`;

async function couple(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
	const page = await (await browser.newContext(options)).newPage();
	await signIn(page, COUPLE);
	await page.goto('/couple/recordings');
	// scripts, where there are any, take many files at once
	if (options.javaScriptEnabled ?? true) await page.locator('input[type=file][multiple]').waitFor();
	return page;
}

async function upload(page: Page, words: string, file = 'waltz-stereo.ogg'): Promise<void> {
	await page.locator('input[type=file]').setInputFiles(sound(file));
	await page.locator('input[name=title]').fill(words);
	await page.getByRole('button', { name: 'Upload the recording' }).click();
	await expect(row(page, words)).toBeVisible();
}

test('several files go one after the other, and what is refused says why', async ({ browser }) => {
	const page = await couple(browser);
	const files = ['groet.aac', 'SHA256SUMS', 'auguri.aiff'].map(sound);
	await page.locator('input[type=file]').setInputFiles(files);
	await page.getByRole('button', { name: 'Upload 3 recordings' }).click();
	await expect(page.getByText('“auguri” is uploaded.')).toBeVisible();
	await expect(page.getByRole('alert')).toContainText('Not uploaded: SHA256SUMS');
	await expect(page.getByRole('alert')).toContainText('not a sound file that we know');
	for (const name of ['groet', 'auguri'])
		await expect(page.getByRole('link', { name, exact: true }).first()).toBeVisible();
});

test('a file that found no connection holds up the others until it is removed, and what is stored is listed', async ({
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
	let sent = 0;
	await page.route('/api/upload', (route) => (++sent === 2 ? route.abort() : route.continue()));
	await page.locator('input[type=file]').setInputFiles(files);
	await page.getByRole('button', { name: 'Upload 3 recordings' }).click();
	await expect(page.getByRole('alert')).toContainText('The connection was lost');
	await expect(row(page, `${words} one`)).toBeVisible();
	await expect(page.getByText('waiting')).toBeVisible();

	await page.getByRole('button', { name: 'Remove from this list' }).click();
	await expect(row(page, `${words} three`)).toBeVisible();
	await expect(row(page, `${words} two`)).toHaveCount(0);
});

test('an upload can be stopped until all of it is sent', async ({ browser }) => {
	const page = await couple(browser);
	const stop = page.getByRole('button', { name: 'Stop uploading groet.aac' });
	// the file goes nowhere, and is all sent when the test says so
	await page.evaluate(() => {
		XMLHttpRequest.prototype.send = function () {
			addEventListener('sent', () => this.upload.dispatchEvent(new ProgressEvent('load')));
		};
	});
	await page.locator('input[type=file]').setInputFiles(sound('groet.aac'));
	await page.getByRole('button', { name: 'Upload the recording' }).click();
	await expect(stop).toBeVisible();
	await page.evaluate(() => dispatchEvent(new Event('sent')));
	await expect(page.getByText('being stored')).toBeVisible();
	await expect(stop).toHaveCount(0);
});

test('an upload whose answer was lost is sent again, and is there once', async ({ browser }) => {
	const page = await couple(browser);
	const words = title('Lost and found');
	await page.route(
		'/api/upload',
		async (route) => {
			await route.fetch();
			await route.abort('connectionreset');
		},
		{ times: 1 }
	);
	await page.locator('input[type=file]').setInputFiles(sound('waltz-stereo.ogg'));
	await page.locator('input[name=title]').fill(words);
	await page.getByRole('button', { name: 'Upload the recording' }).click();
	await expect(page.getByRole('alert')).toContainText('The connection was lost');
	await page.getByRole('button', { name: /^Try again/ }).click();
	await expect(page.getByText(`“${words}” is uploaded.`)).toBeVisible();
	await page.reload();
	await expect(row(page, words)).toHaveCount(1);
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
	await expect(page.getByRole('alert')).toContainText('not a sound file that we know');
	await expect(page.locator('input[name=moment]')).toHaveValue('Dinner');

	await page.locator('input[type=file]').setInputFiles(sound('groet.aac'));
	await page.getByRole('button', { name: 'Upload the recording' }).click();
	await expect(page).toHaveURL('/couple/recordings');
	await expect(row(page, words)).toContainText('Dinner');
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

test('hidden means gone for guests, and deleted means gone', async ({ browser }) => {
	const page = await couple(browser);
	const words = title('Between us');
	await upload(page, words);
	const guest = await browser.newPage();
	await signIn(guest, 'elif.yilmaz@example.org');
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
	await expect(page).toHaveURL('/couple/recordings?removed');
	await expect(row(page, words)).toHaveCount(0);
});

test('a star that was chosen before the scripts came is saved when they are there', async ({ page }) => {
	await signIn(page, 'mei.chen@example.org');
	const come = await withoutScripts(page);
	await page.goto('/recordings');
	await page.locator('ol > li a').first().click();
	const own = page.locator('fieldset').filter({ hasText: 'Mei' });
	const stars = own.getByRole('radio');
	const other = (await stars.nth(1).isChecked()) ? 2 : 1;
	await stars.nth(other).check({ force: true });
	come();
	await expect(own.getByRole('status')).toHaveText('Saved');
	await page.reload();
	await expect(stars.nth(other)).toBeChecked();
});

test('stars pressed one after the other: the last counts, and nobody’s is lost', async ({ page }) => {
	await signIn(page, 'mei.chen@example.org');
	await page.goto('/recordings');
	await page.locator('ol > li a').last().click();
	const all = page.locator('fieldset');
	expect(await all.count()).toBeGreaterThan(1);
	const held = Promise.withResolvers<void>();
	await page.route(
		/\?\/score$/,
		async (route) => {
			await held.promise;
			await route.continue();
		},
		{ times: 1 }
	);
	const sent = page.waitForRequest(/\?\/score$/);
	await all.first().getByRole('radio').nth(0).check({ force: true });
	await sent;
	await all.first().getByRole('radio').nth(3).check({ force: true });
	await all.nth(1).getByRole('radio').nth(1).check({ force: true });
	await expect(all.nth(1).getByRole('status')).toHaveText('Saved');
	await expect(all.first().getByRole('status')).toHaveText('');
	held.resolve();
	await expect(all.first().getByRole('status')).toHaveText('Saved');
	await page.reload();
	await expect(all.first().getByRole('radio').nth(3)).toBeChecked();
	await expect(all.nth(1).getByRole('radio').nth(1)).toBeChecked();
});

/** Stars have a button of their own until the scripts are there. */
const scripts = (page: Page) => expect(page.getByRole('button', { name: 'Save' })).toHaveCount(0);

test('stars given just before going on are stored, and the next page knows them', async ({ page }) => {
	await signIn(page, 'mei.chen@example.org');
	await page.goto('/recordings');
	await page.locator('ol > li a').nth(1).click();
	const all = page.locator('fieldset');
	await expect(all).toHaveCount(2);
	await scripts(page);
	const { pathname } = new URL(page.url());
	const given = page.locator('ol > li').filter({ has: page.locator(`a[href="${pathname}"]`) });
	for (const star of [1, 4]) {
		await all.evaluateAll((fieldsets, star) => {
			for (const one of fieldsets) one.querySelectorAll('input')[star]!.click();
			document.querySelector<HTMLElement>('nav a[href="/recordings"]')!.click();
		}, star);
		await expect(page).toHaveURL('/recordings');
		await expect(given).toContainText(`${star + 1} of 5`);
		await page.goBack();
		await scripts(page);
		for (const n of [0, 1]) await expect(all.nth(n).getByRole('radio').nth(star)).toBeChecked();
	}
});

test('stars given just before the site is left are stored', async ({ page }) => {
	await signIn(page, 'mei.chen@example.org');
	await page.goto('/recordings');
	await page.locator('ol > li a').nth(2).click();
	const own = page.locator('fieldset').first();
	await expect(own).toBeVisible();
	await scripts(page);
	const address = page.url();
	const star = (await own.getByRole('radio').nth(3).isChecked()) ? 2 : 3;
	await own.evaluate((fieldset, star) => {
		fieldset.querySelectorAll('input')[star]!.click();
		location.assign('/health/live');
	}, star);
	await expect(page).toHaveURL('/health/live');
	await expect(async () => {
		await page.goto(address);
		await expect(own.getByRole('radio').nth(star)).toBeChecked({ timeout: 2000 });
	}).toPass();
});

test('a file that was chosen before the scripts came is uploaded', async ({ page }) => {
	await signIn(page, COUPLE);
	const words = title('Early');
	const come = await withoutScripts(page);
	await page.goto('/couple/recordings');
	await page.locator('input[type=file]').setInputFiles(sound('groet.aac'));
	await page.locator('input[name=title]').fill(words);
	come();
	await page.locator('input[type=file][multiple]').waitFor();
	await page.getByRole('button', { name: 'Upload the recording' }).click();
	await expect(page.getByText(`“${words}” is uploaded.`)).toBeVisible();
});
