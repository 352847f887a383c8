import { writeFileSync } from 'node:fs';
import type { Browser, Page } from '@playwright/test';
import { findings } from '../testing/axe.ts';
import { drawPicture } from '../testing/picture.ts';
import { emailOf, expect, signIn, test } from '../testing/site.ts';

async function visit(browser: Browser, who: string, javaScriptEnabled = true): Promise<Page> {
	const page = await (await browser.newContext({ javaScriptEnabled })).newPage();
	await signIn(page, emailOf(who));
	return page;
}

test('a picture is put at the top of the page without scripts, keeps what matters in sight, goes and comes back', async ({
	browser
}, info) => {
	const [photo, drawing] = [info.outputPath('photo.jpg'), info.outputPath('drawing.svg')];
	await drawPicture(photo, '1200x900');
	writeFileSync(drawing, '<svg xmlns="http://www.w3.org/2000/svg"/>');
	const couple = await visit(browser, 'anna', false);
	await couple.goto('/couple/settings');
	await couple.getByRole('link', { name: 'A picture at the top of your page' }).click();
	await couple.getByLabel('A picture').setInputFiles(drawing);
	await couple.getByRole('button', { name: 'Put it at the top' }).click();
	await expect(couple.getByText('This is an SVG')).toBeVisible();
	await couple.getByLabel('A picture').setInputFiles(photo);
	await couple.getByRole('button', { name: 'Put it at the top' }).click();
	await expect(couple).toHaveURL(/\/couple\/settings\/picture$/);
	await expect(couple.getByRole('radio', { name: 'middle' })).toBeChecked();
	await couple.getByRole('radio', { name: 'bottom right' }).check();
	await couple.getByLabel('What it shows, in English').fill('The two of us on the ferry');
	await couple.getByRole('button', { name: 'Save' }).click();
	await expect(couple.getByRole('radio', { name: 'bottom right' })).toBeChecked();

	const guest = await visit(browser, 'daniel');
	const picture = guest.getByRole('img', { name: 'The two of us on the ferry' });
	for (const [width, shown] of [
		[375, 5 / 4],
		[1280, 2]
	] as const) {
		await guest.setViewportSize({ width, height: 800 });
		await guest.goto('/');
		await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0);
		const box = (await picture.boundingBox())!;
		expect(box.width / box.height).toBeCloseTo(shown, 1);
		await expect(picture).toHaveCSS('object-position', '100% 100%');
		expect(await picture.evaluate((img: HTMLImageElement) => img.currentSrc)).toMatch(/\.avif$/);
	}

	await couple.getByRole('button', { name: 'Take it off our page' }).click();
	await guest.reload();
	await expect(picture).toHaveCount(0);
	await couple.getByRole('button', { name: 'Put it back' }).click();
	await guest.reload();
	await expect(picture).toBeVisible();
});

test('a picture stands with a text of the couple, with what it shows, without scripts', async ({
	browser
}, info) => {
	const photo = info.outputPath('photo.jpg');
	await drawPicture(photo, '600x400');
	const couple = await visit(browser, 'anna', false);
	await couple.goto('/couple/page/new');
	await couple.getByLabel('Text in English').fill('There is an inn');
	await couple.getByRole('button', { name: 'Save' }).click();
	await couple.getByRole('link', { name: 'Add pictures to it' }).click();
	await couple.getByLabel('A picture').setInputFiles(photo);
	await couple.getByLabel('What it shows, in English').fill('The inn by the lake');
	await couple.getByRole('button', { name: 'Add this picture' }).click();
	await expect(couple).toHaveURL(/\/couple\/page\/[\da-f-]+\/pictures$/);
	await expect(couple.getByLabel('What it shows, in English').first()).toHaveValue('The inn by the lake');

	const guest = await visit(browser, 'daniel');
	const picture = guest.getByRole('img', { name: 'The inn by the lake' });
	await guest.goto('/');
	await picture.scrollIntoViewIfNeeded();
	await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.currentSrc)).toMatch(/\.avif$/);
	await expect(picture).toHaveAttribute('loading', 'lazy');
	const { width, height } = (await picture.boundingBox())!;
	expect(width / height).toBeCloseTo(1.5, 1);

	await couple.getByRole('button', { name: 'Remove: The inn by the lake' }).click();
	await guest.reload();
	await expect(picture).toHaveCount(0);
	await couple.getByRole('button', { name: 'Put it back' }).click();
	await guest.reload();
	await expect(picture).toBeVisible();
});

test('the part that stays in sight is pressed on the picture, and seen at once', async ({
	browser
}, info) => {
	const photo = info.outputPath('photo.jpg');
	await drawPicture(photo, '600x900');
	const couple = await visit(browser, 'anna');
	await couple.goto('/couple/settings/picture');
	await couple.getByLabel('A picture').setInputFiles(photo);
	await couple.getByRole('button', { name: /^(Put it at the top|Use this one instead)$/ }).click();
	const { x, y, width } = (await couple.getByRole('group').locator('img').boundingBox())!;
	await expect(couple.getByRole('radio', { name: 'middle' })).toBeChecked();
	// the picture hears a press once its script is there
	await expect(async () => {
		await couple.mouse.click(x + width * 0.9, y + 12);
		await expect(couple.getByRole('radio', { name: 'top right' })).toBeChecked({ timeout: 500 });
	}).toPass();
	const preview = couple.getByRole('figure', { name: 'On a wide screen' }).locator('picture img');
	await expect(preview).toHaveCSS('object-position', '100% 0px');
	await couple.getByRole('button', { name: 'Save' }).click();
	await expect(couple.getByText('Saved.')).toBeVisible();
	for (const path of ['/couple/settings/picture', '/']) {
		await couple.goto(path);
		expect(await findings(couple)).toEqual([]);
	}
});
