import { writeFileSync } from 'node:fs';
import type { Browser, BrowserContextOptions, Page } from '@playwright/test';
import { drawPicture } from '../testing/picture.ts';
import { emailOf, expect, signIn, test } from '../testing/site.ts';

const VTT = 'WEBVTT\n\n00:00.500 --> 00:02.000\n<v Anna>Dear Bèn</v>\n\n00:02.000 --> 00:04.000\nwe are glad';

async function visit(browser: Browser, who: string, options: BrowserContextOptions = {}): Promise<Page> {
	const page = await (await browser.newContext(options)).newPage();
	await signIn(page, emailOf(who));
	return page;
}

test.describe.serial('a recording and what is said of it', () => {
	test('is changed in two tabs, and the second is told what the first stored', async ({ browser }) => {
		const couple = await visit(browser, 'anna');
		await couple.goto('/couple/recordings');
		await couple.getByRole('link', { name: 'The toast', exact: true }).click();
		await expect(couple.getByLabel('Who speaks or plays')).toBeVisible();
		const other = await couple.context().newPage();
		await other.goto(couple.url());

		await couple.getByLabel('What is said or sung').fill(VTT);
		await couple.getByRole('button', { name: 'Save the recording' }).click();
		await expect(couple.getByText('Saved “The toast”.')).toBeVisible();

		await other.getByLabel('Who speaks or plays').fill('Uncle Wim');
		await other.getByRole('button', { name: 'Save the recording' }).click();
		await expect(other.getByRole('alert')).toContainText('changed elsewhere');
		await expect(other.getByText('Now stored')).toBeVisible();
		await expect(other.getByLabel('Who speaks or plays')).toHaveValue('Uncle Wim');
		await other.getByLabel('What is said or sung').fill(VTT);
		await other.getByRole('button', { name: 'Save the recording' }).click();
		await expect(other.getByText('Saved “The toast”.')).toBeVisible();
	});

	test('is found by its words, and its times lead there', async ({ browser }) => {
		const guest = await visit(browser, 'daniel');
		await guest.goto('/recordings');
		await guest.getByRole('searchbox').fill('dear ben');
		await guest.getByRole('button', { name: 'Find' }).click();
		await expect(guest.getByText('“… Anna: Dear Bèn …”')).toBeVisible();
		await expect(guest.locator('ol > li')).toHaveCount(1);
		await guest.getByRole('link', { name: 'The toast' }).click();
		await guest.getByText('Read along').click();
		await guest.getByRole('button', { name: 'Play from 0:02' }).click();
		await expect(guest.locator('p[aria-current]')).toContainText('we are glad');
	});

	test('gets lines and shows averages once the couple wants to, also without scripts', async ({
		browser
	}) => {
		const couple = await visit(browser, 'anna');
		await couple.goto('/couple/recordings/results');
		await expect(couple.getByRole('table')).toContainText('The toast');
		await couple.getByLabel('Guests see the averages').selectOption('always');
		await couple.getByLabel('Guests may write a line').check();
		await couple.getByRole('button', { name: 'Save' }).click();
		await expect(couple.getByRole('status').getByText('Saved')).toBeVisible();

		const guest = await visit(browser, 'daniel', { javaScriptEnabled: false });
		await guest.goto('/recordings?order=average');
		await expect(guest.getByText('gave stars').first()).toBeVisible();
		await guest.getByRole('link', { name: 'The toast' }).click();
		await guest.getByLabel('Write a line').fill('We are glad <b>too</b>');
		await guest.getByRole('button', { name: 'Put it here' }).click();
		await expect(guest.getByText('We are glad <b>too</b>').first()).toBeVisible();
		await expect(guest.getByText('Saved.', { exact: true })).toHaveCount(0);

		await couple.goto(guest.url().replace(/\?.*/, ''));
		await couple.getByRole('button', { name: 'Take away what Daniel Okafor wrote' }).click();
		await expect(couple.getByText('Nobody has written anything yet.')).toBeVisible();
	});

	test('stands under its moment, and moves with it, by hand and by keys', async ({ browser }) => {
		const couple = await visit(browser, 'anna');
		const list = (name: string) => couple.getByRole('list', { name, exact: true }).getByRole('listitem');
		await couple.goto('/couple/recordings');
		await couple.getByRole('link', { name: 'A greeting', exact: true }).click();
		await couple.getByLabel('Moment').fill('Dinner');
		await couple.getByRole('button', { name: 'Save the recording' }).click();
		await expect(couple.getByText('Saved “A greeting”.')).toBeVisible();
		await expect(list('Dinner')).toHaveCount(1);

		await couple.getByRole('button', { name: 'Move the moment “Dinner” up' }).click();
		await expect(couple.getByRole('heading', { level: 3 })).toHaveText(['Dinner', 'Without a moment']);

		// by keys: picked up, down within its moment, on to the other one, put down
		const stored = () => couple.waitForResponse((answer) => answer.url().includes('?/move'));
		await couple.getByLabel('Move “The toast” by dragging').press('Space');
		await expect(couple.locator('#dnd-action-aria-alert')).toContainText('Picked up “The toast”, 1 of 3');
		await couple.keyboard.press('ArrowDown');
		await expect(list('Without a moment').nth(1)).toContainText('The toast');
		await Promise.all([stored(), couple.keyboard.press('Space')]);
		await expect(couple.getByLabel('Move “The toast” by dragging')).toBeFocused();
		await expect(list('Without a moment').first()).toContainText('The waltz');

		// by hand: from one moment into the other
		await couple.getByRole('heading', { name: 'Dinner' }).evaluate((heading) => heading.scrollIntoView());
		const from = (await couple.getByLabel('Move “The waltz” by dragging').boundingBox())!;
		const onto = (await couple.getByLabel('Move “A greeting” by dragging').boundingBox())!;
		await couple.mouse.move(from.x + 20, from.y + 20);
		await couple.mouse.down();
		await couple.mouse.move(from.x + 20, from.y);
		await couple.mouse.move(onto.x + 20, onto.y + 20, { steps: 10 });
		// its place is kept free
		await expect(couple.getByRole('list', { name: 'Dinner' }).locator('li')).toHaveCount(2);
		await Promise.all([stored(), couple.mouse.up()]);
		await couple.reload();
		await expect(list('Dinner')).toHaveCount(2);
		await expect(list('Dinner').getByRole('link', { name: 'The waltz' })).toBeVisible();
	});

	test('its moment is renamed without scripts, in one tab at a time', async ({ browser }) => {
		const couple = await visit(browser, 'anna', { javaScriptEnabled: false });
		await couple.goto('/couple/recordings');
		const other = await couple.context().newPage();
		await other.goto(couple.url());
		for (const [page, name] of [
			[couple, 'Supper'],
			[other, 'Lunch']
		] as const) {
			await page.getByText('More', { exact: true }).first().click();
			await page.getByLabel('Name of the moment').first().fill(name);
			await page.getByRole('button', { name: 'Rename the moment' }).first().click();
		}
		await expect(couple.getByRole('heading', { level: 3 }).first()).toHaveText('Supper');
		await expect(other.getByRole('alert')).toContainText('This moment has been changed elsewhere');
		await expect(other.getByRole('heading', { level: 3 }).first()).toHaveText('Supper');
	});

	test('gets a picture of the couple, which guests see', async ({ browser }, info) => {
		const [photo, drawing] = [info.outputPath('photo.png'), info.outputPath('drawing.svg')];
		await drawPicture(photo);
		writeFileSync(drawing, '<svg xmlns="http://www.w3.org/2000/svg"/>');
		const couple = await visit(browser, 'anna');
		await couple.goto('/couple/recordings');
		await couple.getByRole('link', { name: 'By title' }).click();
		await expect(
			couple.getByRole('list', { name: 'Recordings' }).getByRole('listitem').first()
		).toContainText('A greeting');
		await expect(couple.getByRole('button', { name: /^Move / })).toHaveCount(0);
		await couple.getByRole('link', { name: 'The waltz', exact: true }).click();
		await couple.getByLabel('A picture of your own').setInputFiles(drawing);
		await couple.getByRole('button', { name: 'Use this picture' }).click();
		await expect(couple.getByText('Save it as a PNG and choose that one.')).toBeVisible();
		await couple.getByLabel('A picture of your own').setInputFiles(photo);
		await couple.getByRole('button', { name: 'Use this picture' }).click();
		await expect(couple.getByRole('button', { name: 'Take our picture away' })).toBeVisible();

		const guest = await visit(browser, 'daniel');
		await guest.goto('/recordings');
		const picture = guest.getByRole('listitem').filter({ hasText: 'The waltz' }).locator('img');
		await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(64);
		await couple.getByRole('button', { name: 'Take our picture away' }).click();
		await expect(couple.getByRole('button', { name: 'Take our picture away' })).toHaveCount(0);
	});
});
