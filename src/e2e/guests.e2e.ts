import type { Page } from '@playwright/test';
import { field, fillGuest, fillNew, mark, open, save, saved } from '../testing/household.ts';
import { emailOf, expect, mails, nextMail, origin, post, signIn, test } from '../testing/site.ts';

/** Puts a household on the list. */
async function add(page: Page, name: string, guests: { name: string; email?: string }[]) {
	await fillNew(page, name);
	for (const [index, guest] of guests.entries()) await fillGuest(page, index, guest.name, guest.email);
	await save(page).click();
	await saved(page, name);
}

test.describe('with JavaScript', () => {
	test('the couple adds a household, invites it, and sees that it came', async ({ page, browser }) => {
		const [name, email] = [`Family ${mark()}`, `${mark()}@example.org`];
		await signIn(page, emailOf('anna'));
		await add(page, name, [{ name: 'Nora', email }, { name: 'Piet' }]);

		const row = page.getByRole('listitem').filter({ hasText: name });
		await expect(row).toContainText('not invited');
		await row.getByRole('button', { name: 'Invite' }).click();
		await expect(page.getByRole('dialog')).toContainText(email);
		const mail = await nextMail(email, () =>
			page.getByRole('button', { name: 'Send the invitation' }).click()
		);
		await expect(page.getByText('The invitation is on its way.')).toBeVisible();
		await expect(page.getByRole('dialog')).toBeHidden();
		expect(mail.subject).toBe('You are invited: Anna & Ben');
		expect(mail.text).toContain('Dear Nora,');
		expect(mail.text).toContain('Nora and Piet');

		const phone = await (await browser.newContext()).newPage();
		await phone.goto(mail.link);
		await phone.locator('main').getByRole('button').click();
		await expect(phone.getByText(`Signed in as ${name}.`)).toBeVisible();

		await page.reload();
		await expect(row).toContainText('opened');
	});

	test('an address belongs to one household, and nothing typed is lost', async ({ page }) => {
		await signIn(page, emailOf('anna'));
		await page.goto('/couple/guests/new');
		await field(page, 0, 'name').fill('Somebody else');
		await field(page, 0, 'email').fill(emailOf('hugo').toUpperCase());
		await save(page).click();
		await expect(page.getByText(`${emailOf('hugo')} already belongs to Hugo Lindqvist.`)).toBeVisible();
		await expect(field(page, 0, 'email')).toBeFocused();
		await expect(field(page, 0, 'email')).toHaveAttribute('aria-invalid', 'true');
		await expect(field(page, 0, 'name')).toHaveValue('Somebody else');

		await field(page, 0, 'email').fill('no address');
		await save(page).click();
		await expect(page.getByText("This doesn't look like an email address.")).toBeVisible();
		await expect(field(page, 0, 'email')).toBeFocused();
		await expect(field(page, 0, 'email')).toHaveValue('no address');
	});

	test('a new household without guests asks for the first name', async ({ page }) => {
		await signIn(page, emailOf('anna'));
		await page.goto('/couple/guests/new');
		await save(page).click();
		await expect(page.getByText('A household has at least one guest: enter a name here.')).toBeVisible();
		await expect(field(page, 0, 'name')).toBeFocused();
		await expect(field(page, 0, 'name')).toHaveAttribute('aria-invalid', 'true');
		await expect(page.getByText('remove the household')).toHaveCount(0);
	});

	test('one household after the other, each on an empty form in the language of the last', async ({
		page
	}) => {
		await signIn(page, emailOf('anna'));
		await page.goto('/couple/guests/new');
		for (const name of [mark(), mark()]) {
			await field(page, 0, 'name').fill(name);
			await page.locator('select[name=language]').selectOption('nl');
			await page.getByRole('button', { name: 'Save and add another' }).click();
			await expect(page.getByText(`Saved ${name}. Now the next one.`)).toBeVisible();
			await expect(field(page, 0, 'name')).toHaveValue('');
			await expect(page.locator('select[name=language]')).toHaveValue('nl');
			await expect(field(page, 0, 'name')).toBeFocused();
		}
	});

	test('a guest who is taken off the list is signed out at once, the others stay', async ({
		page,
		browser
	}) => {
		const [name, email] = [`Family ${mark()}`, `${mark()}@example.org`];
		await signIn(page, emailOf('anna'));
		await add(page, name, [{ name: 'Nora', email }, { name: 'Piet' }]);
		const phone = await (await browser.newContext()).newPage();
		await signIn(phone, email);
		await phone.goto('/');
		await expect(phone.getByText('Signed in as Nora.')).toBeVisible();

		await open(page, name);
		await page.getByLabel('Take off the list').first().check();
		await expect(page.getByText('When you save, Nora comes off the list')).toBeVisible();
		await save(page).click();
		await saved(page, name);
		await phone.goto('/');
		await expect(phone).toHaveURL(/\/login/);

		await open(page, name);
		await expect(field(page, 0, 'name')).toHaveValue('Piet');
		await expect(page.getByLabel('Take off the list')).toHaveCount(0);
	});

	test('a household goes after a question that says what goes with it', async ({ page }) => {
		await signIn(page, emailOf('anna'));
		const name = `Family ${mark()}`;
		await add(page, name, [{ name: 'Nora' }]);
		await open(page, name);
		await page.getByRole('button', { name: 'Remove this household' }).click();
		await expect(page.getByRole('dialog')).toContainText('This takes one guest off the list');
		await page.getByRole('dialog').getByRole('button', { name: 'Remove this household' }).click();
		await expect(page.getByText('The household is off the list.')).toBeVisible();
		await expect(page.getByText(name)).toHaveCount(0);
		await page.getByRole('button', { name: 'Undo it' }).click();
		await expect(page.getByText('It’s all back.')).toBeVisible();
		await expect(page.getByRole('link', { name })).toBeVisible();
	});

	test('what goes with a household that gave stars is said too', async ({ page }) => {
		await signIn(page, emailOf('anna'));
		await open(page, 'Lucia & Paolo');
		await page.getByRole('button', { name: 'Remove this household' }).click();
		await expect(page.getByRole('dialog')).toContainText(
			/This takes 2 guests off the list, with .* the stars they gave \d+ recordings\./
		);
	});

	test('who was invited last week is invited again', async ({ page }) => {
		await signIn(page, emailOf('anna'));
		await open(page, 'Hugo Lindqvist');
		await page.getByRole('button', { name: 'Send it again' }).click();
		const send = page.getByRole('dialog').getByRole('button', { name: 'Send the invitation' });
		await nextMail(emailOf('hugo'), () => send.click());
		await expect(page.getByText('The invitation is on its way.')).toBeVisible();
	});

	test('a question turns red under the pointer only when it is about losing something', async ({
		browser
	}) => {
		const page = await (await browser.newContext({ isMobile: false, hasTouch: false })).newPage();
		await signIn(page, emailOf('anna'));
		await open(page, 'Hugo Lindqvist');
		const ask = (name: string) => page.getByRole('button', { name, exact: true });
		const colour = (name: string) => ask(name).evaluate((button) => getComputedStyle(button).color);
		const danger = await colour('Remove this household');
		for (const name of ['Send it again', 'Make a new code']) {
			await ask(name).hover();
			expect(await colour(name)).not.toBe(danger);
		}
	});

	test('a new code ends what the old one opened', async ({ page, browser }) => {
		await signIn(page, emailOf('anna'));
		const name = `Family ${mark()}`;
		await add(page, name, [{ name: 'Nora' }]);
		await open(page, name);
		const link = await page.getByText(`${origin()}/i/`).innerText();
		const phone = await (await browser.newContext()).newPage();
		await phone.goto(link);
		await phone.locator('main').getByRole('button').click();
		await expect(phone.getByText(`Signed in as ${name}.`)).toBeVisible();

		await page.getByRole('button', { name: 'Make a new code' }).click();
		await expect(page.getByRole('dialog').getByRole('button', { name: 'Keep this code' })).toBeVisible();
		await page.getByRole('dialog').getByRole('button', { name: 'Make a new code' }).click();
		await expect(page.getByText('There is a new code.')).toBeVisible();
		await phone.goto('/');
		await expect(phone).toHaveURL(/\/login/);
		expect((await phone.goto(link))!.status()).toBe(404);
	});

	test('names with markup stay words', async ({ page }) => {
		await signIn(page, emailOf('anna'));
		const name = `<img src=x onerror=alert(1)> ${mark()}`;
		page.on('dialog', () => expect('a dialog').toBe('never opened'));
		await add(page, name, [{ name: '<script>alert(1)</script>' }, { name: '=1+1' }]);
		await open(page, name);
		await expect(page.locator('img')).toHaveCount(0);
	});
});

test.describe('without JavaScript', () => {
	test.use({ javaScriptEnabled: false });

	test('a household is added, changed, invited and removed', async ({ page }) => {
		const [name, email] = [`Family ${mark()}`, `${mark()}@example.org`];
		await signIn(page, emailOf('anna'));
		await add(page, name, [{ name: 'Nora', email }, { name: 'Piet' }]);
		await open(page, name);
		await field(page, 2, 'name').fill('Tom');
		await field(page, 2, 'isChild').check();
		await field(page, 0, 'email').fill('x');
		await save(page).click();
		await expect(page.getByText("This doesn't look like an email address.")).toBeVisible();
		await expect(field(page, 0, 'email')).toBeFocused();
		await expect(field(page, 2, 'name')).toHaveValue('Tom');
		await field(page, 0, 'email').fill(email);
		await save(page).click();
		await saved(page, name);
		await expect(page.getByRole('listitem').filter({ hasText: name })).toContainText('Nora, Piet, Tom');

		await open(page, name);
		await page.locator('summary', { hasText: 'Invite' }).click();
		const invite = page.getByRole('button', { name: 'Send the invitation' });
		const mail = await nextMail(email, () => invite.click());
		expect(mail.text).toContain('Nora, Piet and Tom');
		await expect(page.getByText('The invitation is on its way.')).toBeVisible();
		await page.locator('summary', { hasText: 'Send it again' }).click();
		await invite.click();
		await expect(page.getByText('Nothing new to send')).toBeVisible();
		expect(mails(email)).toHaveLength(1);

		await page.locator('summary', { hasText: 'Remove this household' }).click();
		await page.getByRole('button', { name: 'Remove this household' }).click();
		await expect(page.getByText('The household is off the list.')).toBeVisible();
	});

	test('the list is searched by name and by state', async ({ page }) => {
		await signIn(page, emailOf('anna'));
		await page.goto('/couple/guests');
		await page.getByLabel('Find a guest').fill('yilmaz');
		await page.getByRole('button', { name: 'Find' }).click();
		const rows = page.getByRole('list', { name: 'Guests' }).getByRole('listitem');
		await expect(rows).toHaveCount(1);
		await expect(rows).toContainText('Family Yılmaz');
		const stages = page.getByRole('navigation', { name: 'Which households' }).getByRole('link');
		await expect(stages).toHaveCount(2);
		await expect(stages.first()).toHaveText('everyone 1');
		await stages.last().click();
		await expect(page).toHaveURL(/only=\w+&q=yilmaz/);
		await expect(rows).toHaveCount(1);
		await expect(page.getByLabel('Find a guest')).toHaveValue('yilmaz');
		await stages.first().click();
		await expect(page).toHaveURL(/guests\?q=yilmaz/);
		await page.getByLabel('Find a guest').fill('nobody at all');
		await page.getByRole('button', { name: 'Find' }).click();
		await expect(page.getByText('Nobody found')).toBeVisible();
		await expect(stages).toHaveText(['everyone 0']);
		await page.getByRole('link', { name: 'Show everyone' }).click();
		await page.getByText('Which households').click();
		await page.getByRole('link', { name: 'with a card' }).click();
		await expect(page.getByText('Buurman Henk')).toBeVisible();
		await expect(page.getByText('Family Yılmaz')).toHaveCount(0);
	});
});

test('what is not on the list is not found, and nonsense is not a bug', async ({ page }) => {
	await signIn(page, emailOf('anna'));
	const unknown = '/couple/guests/01a1fc43-0024-70d6-a663-000000000000';
	expect((await page.request.get(unknown)).status()).toBe(404);
	expect((await page.request.get('/couple/guests/x')).status()).toBe(404);
	for (const name of ['save', 'invite', 'renew', 'remove']) {
		const form = { name: 'x', language: 'nl', 'guests.0.name': 'x', version: 'x' };
		expect((await post(page.request, `${unknown}?/${name}`, { form })).status(), name).toBe(404);
	}
	const invite = (form: Record<string, string>) => post(page.request, '/couple/guests?/invite', { form });
	expect((await invite({ id: unknown.slice(-36) })).status()).toBe(404);
	expect((await invite({ id: 'x' })).status()).toBe(422);
	expect((await page.request.get('/couple/guests?only=toString&saved=x&q=%00')).status()).toBe(200);
	const nul = {
		name: 'a\0b',
		language: 'xx',
		'guests.0.name': 'x',
		'guests.0.id': 'x',
		guests: 'y',
		'guests.__proto__.name': 'z'
	};
	expect((await post(page.request, '/couple/guests/new?/add', { form: nul })).status()).toBe(422);
});
