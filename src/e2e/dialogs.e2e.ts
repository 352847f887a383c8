import { chromium, type Page } from '@playwright/test';
import { browser as found } from '../testing/browser.ts';
import { emailOf, expect, signIn, test } from '../testing/site.ts';

/** Asks whether a household is to go. */
async function ask(page: Page) {
	await signIn(page, emailOf('anna'));
	await page.goto('/couple/guests?q=Cornelia');
	await page.getByRole('link', { name: 'Cornelia' }).click();
	await page.getByRole('button', { name: 'Remove this household' }).click();
	const dialog = page.getByRole('dialog');
	await expect(dialog).toBeVisible();
	return { dialog, box: (await dialog.boundingBox())! };
}

/** How bright the page is there, from 0 to 255. */
async function brightness(page: Page, x: number, y: number): Promise<number> {
	const png = await page.screenshot({ clip: { x, y, width: 1, height: 1 } });
	return page.evaluate(
		async (source) => {
			const picture = Object.assign(new Image(), { src: source });
			await picture.decode();
			const canvas = new OffscreenCanvas(1, 1).getContext('2d')!;
			canvas.drawImage(picture, 0, 0);
			const [red, green, blue] = canvas.getImageData(0, 0, 1, 1).data;
			return (red! + green! + blue!) / 3;
		},
		`data:image/png;base64,${png.toString('base64')}`
	);
}

test('the place of the scroll bar is as dark behind a question as the page', async () => {
	const browser = await chromium.launch({ ...(await found()), ignoreDefaultArgs: ['--hide-scrollbars'] });
	for (const colorScheme of ['light', 'dark'] as const) {
		// a phone lays its scroll bar over the page
		const page = await browser.newPage({ colorScheme, isMobile: false, hasTouch: false });
		const { box } = await ask(page);
		const { width, right } = await page.evaluate(() => ({
			width: innerWidth,
			right: document.documentElement.getBoundingClientRect().right
		}));
		expect(width - right, 'there is a place for it').toBeGreaterThan(8);
		const beside = await brightness(page, right - 4, box.y - 20);
		for (const x of [right + 2, width - 2])
			expect(Math.abs((await brightness(page, x, box.y - 20)) - beside), colorScheme).toBeLessThan(3);
		await page.keyboard.press('Escape');
		expect(await brightness(page, right - 4, box.y - 20), colorScheme).toBeGreaterThan(beside + 10);
	}
	await browser.close();
});

test('a question stays when a drag leaves or enters it, and goes when somebody presses beside it', async ({
	page
}) => {
	const { dialog, box } = await ask(page);
	const inside = { x: box.x + box.width / 2, y: box.y + 30 };
	const outside = { x: 5, y: box.y - 40 };
	for (const [from, to] of [
		[inside, outside],
		[outside, inside]
	] as const) {
		await page.mouse.move(from.x, from.y);
		await page.mouse.down();
		await page.mouse.move(to.x, to.y, { steps: 5 });
		await page.mouse.up();
		await expect(dialog).toBeVisible();
	}
	await page.mouse.click(outside.x, outside.y);
	await expect(dialog).toBeHidden();
});
