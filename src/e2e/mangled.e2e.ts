import { codeOf } from '../testing/household.ts';
import { askLink, emailOf, expect, nextMail, test } from '../testing/site.ts';

test.describe('a login link', () => {
	test('opens with what the mail program hung on to it, and joined again when it was broken in two', async ({
		page
	}) => {
		const path = await askLink(page.request, emailOf('anna'));
		for (const rest of ['.', ',', ')', '%3E', '=', '%22', '&x=y', '%E2%80%8B', '%22%3E.']) {
			await page.goto(path + rest);
			await expect(page.getByRole('heading'), rest).toHaveText('Welcome');
		}
		await page.goto(`${path.slice(0, -20)}%0A${path.slice(-20)}.%3E`);
		await page.locator('main').getByRole('button').click();
		await expect(page).toHaveURL('/couple');
	});

	test('that was cut off says so, not that it is unknown', async ({ page }) => {
		for (const rest of ['', '/', '/a1b2c3d4e5=', '/a1b2c3d4e5%0A']) {
			await page.goto(`/auth/verify${rest}`);
			await expect(page.getByRole('heading')).toHaveText('Part of this link is missing');
			await expect(page).toHaveTitle('Part of this link is missing · Anna & Ben');
			await expect(page.getByRole('link', { name: 'Sign in' })).toBeVisible();
		}
	});
});

test.describe('a card', () => {
	test('link opens with what the mail program hung on to it, and says when a piece is missing', async ({
		page,
		browser
	}) => {
		const code = (await codeOf('Oma Riet')).replaceAll('-', '');
		for (const rest of ['.', ')', '%3E', '=', '%22,', '&x=y', '%E2%80%8B']) {
			await page.goto(`/i/${code}${rest}`);
			await expect(page.getByRole('heading', { level: 1 }), rest).toHaveText('Welcome, Oma Riet & Opa Wim');
		}
		await page.goto(`/i/${code.slice(0, 5)}%0A${code.slice(5)}&x=y`);
		await page.locator('main').getByRole('button').click();
		await expect(page.getByText('Ingelogd als Oma Riet & Opa Wim.')).toBeVisible();

		const stranger = await browser.newPage();
		const response = await stranger.goto(`/i/${code.slice(0, 5)}=`);
		expect(response!.status()).toBe(404);
		await expect(stranger.getByText('Part of this link is missing')).toBeVisible();
	});
});

test('the login understands an address as it is pasted, and asks again for what is none', async ({
	page
}) => {
	await page.goto('/login');
	const field = page.getByLabel('Your email address');
	await field.fill('Anna');
	await page.getByRole('button', { name: 'Email me a link' }).click();
	expect(await field.evaluate((input: HTMLInputElement) => input.validity.valid)).toBe(false);
	await field.fill(`Anna <mailto:${emailOf('anna')}>,`);
	await nextMail(emailOf('anna'), () => page.getByRole('button', { name: 'Email me a link' }).click());
	await expect(page).toHaveURL('/login/sent');
});
