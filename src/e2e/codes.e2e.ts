import type { Page } from '@playwright/test';
import { chooseLanguage } from '../testing/language.ts';
import { codeOf } from '../testing/household.ts';
import { emailOf, expect, nextMail, test, type LocalMail } from '../testing/site.ts';

/** Asks on the login page; leaves the browser on the next one. */
async function ask(page: Page, address: string): Promise<LocalMail> {
	await page.getByLabel('Your email address').fill(address);
	return nextMail(address, async () => {
		await page.getByRole('button', { name: 'Email me a link' }).click();
		await page.waitForURL('/login/sent');
	});
}

test('the typed code lets in the browser that asked, and keeps what was typed when it is wrong', async ({
	page
}) => {
	await page.goto('/login');
	const mail = await ask(page, emailOf('daniel'));
	await page.getByRole('textbox').fill('wrong code');
	await page.getByRole('button', { name: 'Open' }).click();
	await expect(page.getByText('The code has 8 letters and digits.')).toBeVisible();
	await expect(page.getByRole('textbox')).toHaveValue('wrong code');
	await page.getByRole('textbox').fill(mail.code.toLowerCase());
	await page.getByRole('button', { name: 'Open' }).click();
	await expect(page.getByText('Signed in as Daniel Okafor.')).toBeVisible();
});

test('a code whose link was pressed in another browser says so', async ({ page, browser }) => {
	await page.goto('/login');
	const mail = await ask(page, emailOf('daniel'));
	const other = await browser.newPage();
	await other.goto(mail.link);
	await other.locator('main').getByRole('button').click();
	await expect(other.getByText('Signed in as Daniel Okafor.')).toBeVisible();
	await page.getByRole('textbox').fill(mail.code);
	await page.getByRole('button', { name: 'Open' }).click();
	await expect(page.getByText('its link was opened, or its code entered')).toBeVisible();
	await expect(page.getByRole('link', { name: 'Get another email' })).toBeVisible();
});

test('after five wrong codes the form stays, and a new mail brings five new tries', async ({ page }) => {
	const address = emailOf('hugo');
	const type = async (code: string) => {
		await page.getByRole('textbox').fill(code);
		// the page before says the same
		const next = page.waitForEvent('framenavigated');
		await page.getByRole('button', { name: 'Open', exact: true }).click();
		await next;
	};
	await page.goto('/login');
	const { code: dead } = await ask(page, address);
	for (let i = 0; i < 5; i++) {
		await type('AAAAAAAA');
		await expect(page.getByText("That isn't the code from the latest email")).toBeVisible();
	}
	const refused = page.waitForResponse((response) => response.request().method() === 'POST');
	await type(dead);
	expect((await refused).status()).toBe(429);
	expect((await refused).headers()['retry-after']).toMatch(/^\d+$/);
	await expect(page.getByText('Too many tries. Open the link in the email')).toBeVisible();
	await expect(page.getByRole('textbox')).toHaveValue(dead);

	await page.getByRole('link', { name: 'Get another email' }).click();
	await type((await ask(page, address)).code);
	await expect(page.getByText('Signed in as Hugo Lindqvist.')).toBeVisible();
});

test.describe('a card', () => {
	test('lets its household in, with dashes and small letters, as often as it likes', async ({ page }) => {
		const code = await codeOf('Oma Riet');
		await page.goto('/login');
		await page.getByLabel('The code on your card').fill(code.toLowerCase());
		await page.getByRole('button', { name: 'Open with the code' }).click();
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('Welcome, Oma Riet & Opa Wim');
		await expect(page).toHaveTitle('Welcome, Oma Riet & Opa Wim · Anna & Ben');
		await page.locator('main').getByRole('button').click();
		await expect(page.getByText('Ingelogd als Oma Riet & Opa Wim.')).toBeVisible();
	});

	test('speaks to one as to one', async ({ browser }) => {
		const page = await browser.newPage({ locale: 'nl-NL' });
		await page.goto(`/i/${await codeOf('Tante Cornelia')}`);
		await expect(page.getByText('Je bent uitgenodigd voor de bruiloft')).toBeVisible();
		await page.goto(`/i/${await codeOf('Oma Riet')}`);
		await expect(page.getByText('Jullie zijn uitgenodigd voor de bruiloft')).toBeVisible();
	});

	test('that was mistyped is asked for again, and what was typed is still there', async ({ page }) => {
		const code = await codeOf('Buurman Henk');
		const field = page.getByLabel('The code on your card');
		const open = page.getByRole('button', { name: 'Open with the code' });
		await page.goto('/login');
		for (const [typed, sentence] of [
			['abcd-efgh-jkmn', 'No card has this code.'],
			[code.slice(0, -1), 'The code on the card has 12 letters and digits; this one has 11.']
		] as const) {
			await field.fill(typed);
			const [response] = await Promise.all([page.waitForResponse(/\/i\?code=/), open.click()]);
			expect(response.status()).toBe(404);
			expect(response.headers()['referrer-policy']).toBe('no-referrer');
			expect(await response.text()).not.toContain('import(');
			await expect(page.getByText(sentence)).toBeVisible();
			await expect(field).toHaveValue(typed);
		}
		await chooseLanguage(page, 'Nederlands');
		await expect(page.getByText('deze heeft er 11.')).toBeVisible();
		await chooseLanguage(page, 'English');
		await field.fill(code);
		await open.click();
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('Welcome, Buurman Henk');
	});

	test('link that is wrong asks for the code, or leads to the login by mail', async ({ page }) => {
		const response = await page.goto('/i/ABCDEFGHJKMN');
		expect(response!.status()).toBe(404);
		await expect(page.getByText('No card has this code.')).toBeVisible();
		await expect(page.getByLabel('The code on your card')).toHaveValue('ABCDEFGHJKMN');
		await page.getByRole('link', { name: 'Or get a link by email' }).click();
		await expect(page.getByLabel('Your email address')).toBeVisible();
	});
});
