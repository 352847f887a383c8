import type { Page } from '@playwright/test';
import { audio, bar, currentTime, isPlaying, row, slider, slowly } from '../testing/listening.ts';
import { emailOf, expect, signIn, test, untilRouted, wedding, withoutScripts } from '../testing/site.ts';

const isHeard = (page: Page) => expect.poll(() => currentTime(page)).toBeGreaterThan(0);
const elements = (page: Page) => page.evaluate(() => document.querySelectorAll('audio').length);

/** Opens a page whose scripts wait until it is touched. */
async function openUntouched(page: Page, address: string): Promise<void> {
	await page.goto(address);
	await expect(page.locator('html')).toHaveAttribute('data-waits', 'for a touch');
}

/** Keeps them waiting after that, until what this gives back is called. */
async function openEarly(page: Page, address: string): Promise<() => void> {
	await page.unrouteAll();
	const come = await withoutScripts(page);
	await openUntouched(page, address);
	return come;
}

test('pages of recordings fetch scripts once somebody touches them', async ({ page }) => {
	const asked: string[] = [];
	page.on('request', (request) => request.url().includes('/_app/') && asked.push(request.url()));
	const scripts = () => asked.filter((url) => url.endsWith('.js')).length;
	await signIn(page, emailOf('mei'));
	await openUntouched(page, '/recordings');
	const address = await row(page, 'The waltz').getByRole('link').getAttribute('href');
	await openUntouched(page, address!);
	await expect(page.locator('.waveform')).toBeVisible();
	expect(scripts()).toBe(0);
	await page.getByRole('heading', { level: 1 }).tap();
	await expect.poll(scripts).toBeGreaterThan(5);
	await untilRouted(page);
});

test('what is pressed before the scripts are there plays, and they go on with it', async ({ page }) => {
	await slowly(page);
	await signIn(page, emailOf('mei'));
	const come = await openEarly(page, '/recordings');
	const play = page.getByRole('button', { name: 'Play “The waltz”' });
	await play.tap();
	await isHeard(page);
	await play.tap();
	await expect.poll(() => audio(page).evaluate((sound: HTMLAudioElement) => sound.paused)).toBe(true);
	await play.tap();
	await isHeard(page);
	come();
	await expect(page.getByRole('button', { name: 'Pause “The waltz”' })).not.toHaveAttribute('aria-busy');
	await isPlaying(page, 'The waltz');
	expect(await elements(page)).toBe(1);
	await expect(bar(page)).toContainText('The waltz');
});

test('a recording’s own page goes on with what was pressed early, and does what else was', async ({
	page
}) => {
	await slowly(page);
	await signIn(page, emailOf('mei'));
	await page.goto('/recordings');
	const address = await row(page, 'The waltz').getByRole('link').getAttribute('href');
	let come = await openEarly(page, address!);
	await page.getByRole('button', { name: 'Play', exact: true }).tap();
	await isHeard(page);
	come();
	await expect(page.getByRole('button', { name: 'Pause', exact: true })).toBeVisible();
	await isPlaying(page, 'The waltz');
	expect(await elements(page)).toBe(1);

	for (const early of [
		() => page.getByRole('button', { name: '15 seconds forward' }).tap(),
		() => page.keyboard.press('ArrowRight')
	]) {
		await wedding().sql.query('DELETE FROM listened');
		come = await openEarly(page, address!);
		await early();
		come();
		await expect.poll(async () => Number(await slider(page).inputValue())).toBeGreaterThan(1);
	}
});

test('a page that is loaded anew is where it was, and stays where somebody scrolls it', async ({ page }) => {
	const place = () => page.evaluate(() => scrollY);
	await signIn(page, emailOf('mei'));
	await page.setViewportSize({ width: 375, height: 300 });
	await openUntouched(page, '/recordings');
	await untilRouted(page);
	await page.mouse.wheel(0, 300);
	await expect.poll(place).toBe(300);
	await page.reload();
	await expect(page.locator('html')).toHaveAttribute('data-waits', 'for a touch');
	await expect.poll(place).toBe(300);
	await page.mouse.wheel(0, -100);
	await untilRouted(page);
	expect(await place()).toBe(200);

	// without a hand on it, and then once more
	for (const _ of [1, 2]) {
		await page.reload();
		await expect(page.locator('html')).toHaveAttribute('data-waits', 'for a touch');
		await expect.poll(place).toBe(200);
	}
});
