import type { Locator, Page } from '@playwright/test';
import { emailOf, expect, routeOnce, signIn, test, untilRouted, withoutScripts } from '../testing/site.ts';

const SCORE = /\?\/score$/;

/** Opens the page of this one in the list; gives back the stars of Mei and of Oliver. */
async function listen(page: Page, index = 0): Promise<Locator> {
	await signIn(page, emailOf('mei'));
	await page.goto('/recordings');
	await page.locator('ol > li a').nth(index).click();
	const all = page.locator('fieldset');
	await expect(all).toHaveCount(2);
	return all;
}

test('a star that was chosen before the scripts came is saved when they are there', async ({ page }) => {
	await signIn(page, emailOf('mei'));
	const come = await withoutScripts(page);
	await page.goto('/recordings');
	await page.locator('ol > li a').first().click();
	const own = page.locator('fieldset').filter({ hasText: 'Mei' });
	const stars = own.locator('label');
	const other = (await stars.nth(1).isChecked()) ? 2 : 1;
	await stars.nth(other).check();
	come();
	await expect(own.getByRole('status')).toHaveText('Saved');
	await page.reload();
	await expect(stars.nth(other)).toBeChecked();
});

test('stars pressed one after the other: the last counts, and nobody’s is lost', async ({ page }) => {
	const all = await listen(page, 1);
	const second = all.nth(1).locator('label');
	const other = (await second.nth(1).isChecked()) ? 2 : 1;
	const held = Promise.withResolvers<void>();
	await routeOnce(page, SCORE, async (route) => {
		await held.promise;
		await route.continue();
	});
	const sent = page.waitForRequest(SCORE);
	await all.first().locator('label').nth(0).check();
	await sent;
	await all.first().locator('label').nth(3).check();
	await second.nth(other).check();
	await expect(all.nth(1).getByRole('status')).toHaveText('Saved');
	await expect(all.first().getByRole('status')).toHaveText('');
	held.resolve();
	await expect(all.first().getByRole('status')).toHaveText('Saved');
	await page.reload();
	await expect(all.first().locator('label').nth(3)).toBeChecked();
	await expect(second.nth(other)).toBeChecked();
});

/** Stars have a button of their own until the scripts are there; the links are theirs a moment later. */
async function scripts(page: Page): Promise<void> {
	await expect(page.getByRole('button', { name: 'Save' })).toHaveCount(0);
	await untilRouted(page);
}

test('stars given just before going on are stored, and the next page knows them', async ({ page }) => {
	const all = await listen(page);
	await scripts(page);
	const { pathname } = new URL(page.url());
	const given = page.locator('ol > li').filter({ has: page.locator(`a[href="${pathname}"]`) });
	for (const star of [1, 4]) {
		await all.evaluateAll((fieldsets, star) => {
			for (const one of fieldsets) {
				const input = one.querySelectorAll('input')[star]!;
				// pressed again it would be taken back
				if (!input.checked) input.click();
			}
			document.querySelector<HTMLElement>('nav a[href="/recordings"]')!.click();
		}, star);
		await expect(page).toHaveURL('/recordings');
		await expect(given).toContainText(`${star + 1} of 5`);
		await page.goBack();
		await scripts(page);
		for (const n of [0, 1]) await expect(all.nth(n).locator('label').nth(star)).toBeChecked();
	}
});

test('stars of two that are stored one after the other take the visitor on, and once', async ({ page }) => {
	const all = await listen(page);
	await scripts(page);
	const { pathname } = new URL(page.url());
	const leave = async (way: () => Promise<unknown>) => {
		const held = Promise.withResolvers<void>();
		let stored = 0;
		await page.route(SCORE, async (route) => {
			const response = await route.fetch();
			if (stored++ === 0) await held.promise;
			await route.fulfill({ response });
		});
		for (const n of [0, 1]) {
			const stars = all.nth(n).locator('label');
			await stars.nth((await stars.nth(1).isChecked()) ? 2 : 1).check();
		}
		await way();
		await expect(all.getByRole('status').filter({ hasText: 'Saved' })).toHaveCount(1);
		await expect(page).toHaveURL(pathname);
		held.resolve();
		await expect(page).toHaveURL('/recordings');
		await page.unroute(SCORE);
	};
	await leave(() => page.locator('nav a[href="/recordings"]').last().click());
	await page.goBack();
	await expect(all).toHaveCount(2);
	await page.goForward();
	await page.locator('ol > li a').first().click();
	await expect(all).toHaveCount(2);
	await leave(() => page.evaluate(() => history.back()));
	await expect(all).toHaveCount(0);
	await page.goForward();
	await expect(page).toHaveURL(pathname);
});

test('stars given just before the site is left are stored', async ({ page }) => {
	const own = (await listen(page)).first();
	await scripts(page);
	const address = page.url();
	const star = (await own.locator('label').nth(3).isChecked()) ? 2 : 3;
	await own.evaluate((fieldset, star) => {
		fieldset.querySelectorAll('input')[star]!.click();
		location.assign('/health/live');
	}, star);
	await expect(page).toHaveURL('/health/live');
	await expect(async () => {
		await page.goto(address);
		await expect(own.locator('label').nth(star)).toBeChecked({ timeout: 2000 });
	}).toPass();
});

/** Gives one star of the two, whatever is stored, and waits until it is. */
async function give(own: Locator): Promise<Locator> {
	const star = own.locator('label').nth((await own.locator('label').nth(1).isChecked()) ? 2 : 1);
	await star.check();
	await expect(own.getByRole('status')).toHaveText('Saved');
	return star;
}

const none = (own: Locator) => own.locator('label', { hasText: 'No stars' });

test('stars are taken back with their star, by choosing none, and from the keyboard', async ({ page }) => {
	const own = (await listen(page, 2)).first();
	await scripts(page);
	const ways = [
		(star: Locator) => star.click(),
		() => none(own).click(),
		async () => {
			await own.locator('label').nth(4).click();
			await page.keyboard.press('ArrowRight');
		}
	];
	for (const takeBack of ways) {
		const star = await give(own);
		await takeBack(star);
		await expect(none(own)).toBeChecked();
		await expect(own.getByRole('status')).toHaveText('Saved');
		await page.reload();
		await scripts(page);
		await expect(own.locator(':checked')).toHaveCount(0);
		await expect(none(own)).toHaveCount(0);
	}
});

test('a star that is tapped twice is given', async ({ page }) => {
	const own = (await listen(page, 2)).first();
	await scripts(page);
	const star = own.locator('label').nth((await own.locator('label').nth(1).isChecked()) ? 2 : 1);
	await star.dblclick();
	await expect(own.getByRole('status')).toHaveText('Saved');
	await expect(star).toBeChecked();
});

test('stars that are taken back just before going on are gone from the next page', async ({ page }) => {
	const own = (await listen(page, 2)).first();
	await scripts(page);
	const { pathname } = new URL(page.url());
	await give(own);
	await none(own).click();
	await page.locator('nav a[href="/recordings"]').last().click();
	await expect(page).toHaveURL('/recordings');
	const given = page.locator('ol > li').filter({ has: page.locator(`a[href="${pathname}"]`) });
	await expect(given).not.toContainText('Mei');
	await expect(given).not.toContainText('You');
});

test.describe('without JavaScript', () => {
	test.use({ javaScriptEnabled: false });

	test('stars are taken back', async ({ page }) => {
		const own = (await listen(page, 3)).first();
		const save = page.getByRole('button', { name: 'Save' }).first();
		await own.locator('label').nth(3).check();
		await save.click();
		await expect(page).toHaveURL(SCORE);
		await none(own).check();
		await save.click();
		await expect(own.locator(':checked')).toHaveCount(0);
	});
});
