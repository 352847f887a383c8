import { emailOf, expect, nextMail, signIn, test } from '../testing/site.ts';

test('the couple asks somebody to help, who is greeted, and lets them out again', async ({
	page,
	browser
}) => {
	await signIn(page, emailOf('anna'));
	await page.goto('/couple/settings');
	await page.getByRole('link', { name: 'People who help' }).click();

	const address = emailOf('anna').replace('anna', 'noor');
	await page.getByLabel('Their name').fill('Noor');
	await page.getByLabel('Their email address').fill('noor at home');
	await page.getByRole('button', { name: 'Send the email' }).click();
	await expect(page.getByLabel('Their name')).toHaveValue('Noor');
	await expect(page.getByText('Choose a role.')).toBeVisible();
	await page.getByLabel('Their email address').fill(address);
	await page.getByRole('radio', { name: 'Helper' }).check();
	const { link, subject } = await nextMail(address, async () => {
		await page.getByRole('button', { name: 'Send the email' }).click();
		await expect(page.getByText('The email to Noor is on its way')).toBeVisible();
	});
	expect(subject).toBe('Will you help with the wedding of Anna & Ben?');
	const noors = page.getByRole('listitem').filter({ hasText: address });
	await expect(noors).toContainText('Has not signed in yet');

	const other = await browser.newContext();
	const theirs = await other.newPage();
	await theirs.goto(link);
	await theirs.locator('main').getByRole('button').click();
	await expect(theirs.getByRole('heading', { name: 'Welcome, Noor' })).toBeVisible();
	await theirs.getByRole('button', { name: 'Got it' }).click();
	await expect(theirs.getByRole('heading', { name: 'Welcome, Noor' })).toBeHidden();
	await expect(theirs.getByRole('navigation').locator('a[href^="/couple/settings"]')).toHaveCount(0);

	await page.reload();
	await expect(noors).toContainText('Last here on');
	await noors.getByRole('button', { name: 'End access' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'End access' }).click();
	await expect(page.getByText('Noor has no access any more')).toBeVisible();
	await expect(noors).toBeHidden();
	await theirs.goto('/couple');
	await expect(theirs).toHaveURL(/\/login/);
	await other.close();
});
