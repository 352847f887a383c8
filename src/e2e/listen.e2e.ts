import type { Page } from '@playwright/test';
import { emailOf, expect, routeOnce, signIn, test, untilRouted } from '../testing/site.ts';

const AUDIO = /\/recordings\/[^/]+\/audio\?v=\d+$/;
const alert = (page: Page) => page.getByRole('main').getByRole('alert');
const again = (page: Page) => page.getByRole('button', { name: 'Try again' });

async function listen(page: Page) {
	await page.goto('/recordings');
	await page.locator('ol > li a').first().click();
	await expect(page.getByRole('heading', { level: 2 })).toBeVisible();
	await untilRouted(page);
}

/** The browser has read what the sound is. */
const isLoaded = (page: Page) =>
	expect
		.poll(() => page.locator('audio').evaluate((audio: HTMLAudioElement) => audio.readyState))
		.not.toBe(0);

test('the way back from a recording leads to the list', async ({ page }) => {
	await signIn(page, emailOf('anna'));
	await listen(page);
	await page.getByRole('link', { name: 'All recordings' }).click();
	await expect(page).toHaveURL('/recordings');
	await expect(page.locator('ol > li a').first()).toBeVisible();
});

test('a recording that cannot be loaded says so, and plays when it can', async ({ page }) => {
	await signIn(page, emailOf('anna'));
	await page.route(AUDIO, (route) => route.fulfill({ status: 503 }));
	await listen(page);
	await expect(alert(page)).toHaveText("The recording couldn't be loaded.");
	await again(page).click();
	await expect(alert(page)).toHaveText("The recording couldn't be loaded.");

	await page.unroute(AUDIO);
	await again(page).click();
	await expect(page.getByRole('button', { name: 'Play' })).toBeFocused();
	await isLoaded(page);
	await expect(alert(page)).toHaveCount(0);
});

test('a recording that was missed for a moment is loaded again by itself', async ({ page }) => {
	await signIn(page, emailOf('anna'));
	await routeOnce(page, AUDIO, (route) => route.fulfill({ status: 503 }));
	await listen(page);
	await isLoaded(page);
	await expect(alert(page)).toHaveCount(0);
});

test('a recording that the browser cannot decode is there to be downloaded', async ({ page }) => {
	await signIn(page, emailOf('anna'));
	await page.route(AUDIO, (route) => route.fulfill({ body: 'no sound', contentType: 'audio/mpeg' }));
	await listen(page);
	await expect(alert(page)).toContainText("This browser can't play the recording.");
	await expect(again(page)).toHaveCount(0);
});
