import { expect, test } from '@playwright/test';
import { COUPLE, nextMail, signIn } from './site.ts';

test('the typed code lets in the browser that asked, and keeps what was typed when it is wrong', async ({
	page
}) => {
	const address = 'daniel.okafor@example.org';
	await page.goto('/login');
	await page.getByLabel('Your email address').fill(address);
	const mail = await nextMail(address, () => page.getByRole('button', { name: 'Send me a link' }).click());
	await page.getByRole('textbox').fill('wrong code');
	await page.getByRole('button', { name: 'Open' }).click();
	await expect(page.getByText('The code has 8 letters and digits.')).toBeVisible();
	await expect(page.getByRole('textbox')).toHaveValue('wrong code');
	await page.getByRole('textbox').fill(mail.code.toLowerCase());
	await page.getByRole('button', { name: 'Open' }).click();
	await expect(page.getByText('You are here as Daniel Okafor.')).toBeVisible();
});

test('after five wrong codes the form stays, and a new mail brings five new tries', async ({ page }) => {
	const address = 'george.whitaker@example.org';
	const ask = async () => {
		await page.getByLabel('Your email address').fill(address);
		return nextMail(address, () => page.getByRole('button', { name: 'Send me a link' }).click());
	};
	const type = async (code: string) => {
		await page.getByRole('textbox').fill(code);
		await page.getByRole('button', { name: 'Open', exact: true }).click();
	};
	await page.goto('/login');
	const { code: dead } = await ask();
	for (let i = 0; i < 5; i++) {
		await type('AAAAAAAA');
		await expect(page.getByText('That is not the code from the newest mail')).toBeVisible();
	}
	const refused = page.waitForResponse((response) => response.request().method() === 'POST');
	await type(dead);
	expect((await refused).status()).toBe(429);
	expect((await refused).headers()['retry-after']).toMatch(/^\d+$/);
	await expect(page.getByText('That was too often. Open the link in the mail')).toBeVisible();
	await expect(page.getByRole('textbox')).toHaveValue(dead);
	await type(dead);
	await expect(page.getByText('The code works in the browser that asked for it.')).toBeVisible();

	await page.getByRole('link', { name: 'Ask for another mail' }).click();
	await type((await ask()).code);
	await expect(page.getByText('You are here as George Whitaker.')).toBeVisible();
});

test('a card lets its household in, with dashes and small letters, as often as it likes', async ({
	page,
	browser
}) => {
	const couple = await browser.newPage();
	await signIn(couple, COUPLE);
	await couple.goto('/couple/guests?q=Riet');
	await couple
		.getByRole('link', { name: /Oma Riet/ })
		.first()
		.click();
	const code = await couple.getByText(/^[A-Z2-9]{4}(-[A-Z2-9]{4}){2}$/).innerText();

	await page.goto('/login');
	await page.getByLabel('The code on your card').fill(code.toLowerCase());
	await page.getByRole('button', { name: 'Open with the code' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Welcome, Oma Riet & Opa Wim');
	await page.locator('main').getByRole('button').click();
	await expect(page.getByText('Je bent hier als Oma Riet & Opa Wim.')).toBeVisible();
});

test('a code that is on no card ends in a clear sentence', async ({ page }) => {
	const response = await page.goto('/i/ABCDEFGHJKMN');
	expect(response!.status()).toBe(404);
	await expect(page.getByText('No card has this code.')).toBeVisible();
});
