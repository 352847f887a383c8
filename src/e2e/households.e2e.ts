import type { Page } from '@playwright/test';
import { field, fillGuest, fillNew, mark, open, save, saved } from '../testing/household.ts';
import { emailOf, expect, post, routeOnce, signIn, test, untilRouted, wedding } from '../testing/site.ts';

const CHANGED = 'This household has been changed elsewhere in the meantime.';

const rows = (page: Page, name: string) =>
	page.getByRole('list', { name: 'Guests' }).getByRole('listitem').filter({ hasText: name });

async function fillNora(page: Page, name: string) {
	await fillNew(page, name);
	await fillGuest(page, 0, 'Nora');
}

/** Signs in, puts a household with Nora on the list and opens its page. */
async function openNew(page: Page, name: string) {
	await signIn(page, emailOf('anna'));
	await fillNora(page, name);
	await save(page).click();
	await saved(page, name);
	await open(page, name);
}

/** The server does what the next form asks, and nobody hears of it. */
async function loseAnswer(page: Page) {
	await routeOnce(
		page,
		({ search }) => /^\?\/(add|save)$/.test(search),
		async (route) => {
			await route.fetch();
			await route.abort('connectionreset');
		}
	);
}

for (const javaScriptEnabled of [true, false]) {
	test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
		test.use({ javaScriptEnabled });

		test('what another tab has changed is shown before it is overwritten', async ({ page, context }) => {
			const name = `Family ${mark()}`;
			await openNew(page, name);
			await fillGuest(page, 1, 'Piet');
			await save(page).click();
			await saved(page, name);

			await open(page, name);
			const other = await context.newPage();
			await open(other, name);
			await field(other, 0, 'email').fill(`nora-${mark()}@example.org`);
			const address = await field(other, 0, 'email').inputValue();
			await other.getByLabel('Take off the list').nth(1).check();
			await fillGuest(other, 2, 'Eva');
			await save(other).click();
			await saved(other, name);

			await field(page, 0, 'name').fill('Leonora');
			await fillGuest(page, 2, 'Tom');
			await save(page).click();
			await expect(page.getByRole('alert')).toContainText(CHANGED);
			const now = page.getByRole('list', { name: `On the list now: ${name}` }).getByRole('listitem');
			await expect(now).toHaveCount(2);
			await expect(now.nth(0)).toContainText('Nora');
			await expect(now.nth(0)).toContainText(address);
			await expect(now.nth(1)).toContainText('Eva');
			await expect(field(page, 0, 'name')).toHaveValue('Leonora');
			await expect(field(page, 0, 'email')).toHaveValue('');
			await expect(field(page, 1, 'name')).toHaveValue('Piet');
			await expect(field(page, 2, 'name')).toHaveValue('Tom');

			await save(page).click();
			await saved(page, name);
			for (const guest of ['Leonora', 'Piet', 'Tom', 'Eva'])
				await expect(rows(page, name)).toContainText(guest);
			await expect(rows(page, name)).not.toContainText(address);
		});

		test('whom both tabs take off the list does not come back', async ({ page, context }) => {
			const name = `Family ${mark()}`;
			await signIn(page, emailOf('anna'));
			await fillNora(page, name);
			await fillGuest(page, 1, 'Piet');
			await fillGuest(page, 2, 'Eva');
			await save(page).click();
			await saved(page, name);

			await open(page, name);
			await page.getByLabel('Take off the list').nth(1).check();
			const other = await context.newPage();
			await open(other, name);
			await other.getByLabel('Take off the list').nth(1).check();
			await save(other).click();
			await saved(other, name);
			await save(page).click();
			await expect(page.getByRole('alert')).toContainText(CHANGED);
			await expect(page.getByText(`On the list now: ${name}`)).toBeVisible();
			await save(page).click();
			await saved(page, name);
			await expect(rows(page, name)).toContainText('Nora, Eva');
		});

		test('another household from a form that was saved already is added when it is saved again', async ({
			page
		}) => {
			const [first, second] = [`Family ${mark()}`, `Family ${mark()}`];
			await signIn(page, emailOf('anna'));
			await fillNora(page, second);
			const id = await page.locator('input[name=id]').inputValue();
			const form = { id, name: first, language: 'en', 'guests.0.name': 'Nora' };
			for (let time = 0; time < 2; time++) {
				const answer = await post(page.request, '/couple/guests/new?/add', { form });
				expect([answer.status(), answer.headers().location]).toEqual([303, `/couple/guests?saved=${id}`]);
			}
			await save(page).click();
			await expect(page.getByRole('alert')).toContainText(`This form has already saved ${first}`);
			await expect(page.getByLabel('Name of the household')).toHaveValue(second);
			await expect(page.locator('input[name=id]')).not.toHaveValue(id);
			await save(page).click();
			await saved(page, second);
			for (const name of [first, second]) await expect(rows(page, name)).toHaveCount(1);
		});
	});
}

test('a household whose answer was lost is added again, and is there once', async ({ page }) => {
	const name = `Family ${mark()}`;
	await signIn(page, emailOf('anna'));
	await fillNora(page, name);
	await expect(page.getByRole('button', { name: 'Add a guest' })).toBeEnabled();
	await loseAnswer(page);
	await save(page).click();
	await expect(page.getByRole('alert')).toContainText('The connection was lost');
	await save(page).click();
	await saved(page, name);
	await expect(rows(page, name)).toHaveCount(1);
});

test('new guests whose answer was lost are saved again, and are there once', async ({ page }) => {
	const name = `Family ${mark()}`;
	await openNew(page, name);
	await fillGuest(page, 1, 'Piet');
	await fillGuest(page, 2, 'Tom');
	await loseAnswer(page);
	await save(page).click();
	await expect(page.getByRole('alert')).toContainText('The connection was lost');
	await save(page).click();
	await expect(page.getByRole('alert')).toContainText(CHANGED);
	await expect(page.getByText(`On the list now: ${name}`)).toBeVisible();
	await save(page).click();
	await saved(page, name);
	await expect(
		rows(page, name)
			.getByRole('paragraph')
			.filter({ hasText: /^Nora, Piet, Tom$/ })
	).toHaveCount(1);
});

test('a form without what its page was given is refused, and adds nothing', async ({ page }) => {
	const name = `Family ${mark()}`;
	await openNew(page, name);
	const form = { name: `Other ${name}`, language: 'en', 'guests.0.name': 'x' };
	const { pathname } = new URL(page.url());
	expect((await post(page.request, '/couple/guests/new?/add', { form })).status()).toBe(422);
	expect((await post(page.request, `${pathname}?/save`, { form })).status()).toBe(422);
	const stale = await post(page.request, `${pathname}?/save`, { form: { ...form, version: 'x' } });
	expect(stale.status()).toBe(409);
	await page.goto(`/couple/guests?q=${encodeURIComponent(name)}`);
	await expect(rows(page, name)).toHaveCount(1);
	await expect(rows(page, name)).not.toContainText('Other');
});

test('the way back from a household leads to its line in a long list, at once', async ({ page }) => {
	await wedding().sql.query(
		`INSERT INTO household (wedding_id, name, language, code)
		SELECT id, 'Long ' || repeat('name ', n % 9) || n, 'en', 'LIST' || lpad(n::text, 8, '0')
		FROM wedding, generate_series(1, 200) n`
	);
	await signIn(page, emailOf('anna'));
	await page.goto('/couple/guests');
	await untilRouted(page);
	const line = page.getByRole('link', { name: '150', exact: false }).last();
	await line.scrollIntoViewIfNeeded();
	const before = await page.evaluate(() => scrollY);
	expect(before).toBeGreaterThan(5000);
	await line.click();
	await expect(page.getByRole('heading', { level: 1 })).toContainText('150');

	await page.evaluate(() => {
		const passed: number[] = [];
		addEventListener('scroll', () => passed.push(scrollY));
		Object.assign(window, { passed });
	});
	await page.goBack();
	await expect.poll(() => page.evaluate(() => scrollY)).toBe(before);
	await expect(line).toBeInViewport();
	const passed = await page.evaluate(() => Reflect.get(window, 'passed') as number[]);
	expect(passed.filter((place) => place > 0 && place !== before)).toEqual([]);
});
