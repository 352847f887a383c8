import { emailOf, expect, follow, signIn, test, untilRouted } from '../testing/site.ts';

test('the couple finds its way by menu, by keyboard and without a script', async ({ page, browser }) => {
	const loaded: string[] = [];
	page.on('request', (request) => loaded.push(request.url()));
	await signIn(page, emailOf('anna'));
	await page.goto('/couple');
	await untilRouted(page);
	const menu = page.getByRole('navigation', { name: 'Pages' }).locator('details');
	await menu.locator('summary').press('Enter');
	await expect(menu.getByRole('link', { name: 'Overview' })).toHaveAttribute('aria-current', 'page');
	await page.keyboard.press('Escape');
	await expect(menu.getByRole('link', { name: 'Overview' })).toBeHidden();
	await expect(menu.locator('summary')).toBeFocused();
	await follow(page, 'Guest list');
	await expect(page).toHaveURL('/couple/guests');
	await expect(menu.locator('summary')).toContainText('Guests · Guest list');

	const before = loaded.length;
	await page.keyboard.press('Control+k');
	const field = page.getByRole('combobox', { name: /^Guests, recordings/ });
	await expect(field).toBeFocused();
	expect(loaded.slice(before).some((url) => url.endsWith('.js'))).toBe(true);
	await field.fill('yilmaz');
	const option = page.getByRole('option', { name: /^Family Yılmaz/ });
	await expect(option).toHaveAttribute('aria-selected', 'true');
	await expect(field).toHaveAttribute('aria-activedescendant', (await option.getAttribute('id'))!);
	await field.fill('sound');
	await expect(page.getByRole('option')).toHaveCount(2);
	await field.press('ArrowUp');
	await expect(page.getByRole('option', { name: /^Guest book/ })).toHaveAttribute('aria-selected', 'true');
	await field.press('Enter');
	await expect(page).toHaveURL('/couple/guestbook');
	await expect(field).toBeHidden();

	const plain = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
	await signIn(plain, emailOf('anna'));
	await plain.goto('/couple');
	await plain.getByRole('link', { name: 'Search' }).click();
	await plain.getByRole('searchbox').fill('mei');
	await plain.getByRole('button', { name: 'Search' }).click();
	await plain.getByRole('link', { name: /^Mei/ }).first().click();
	await expect(plain).toHaveURL(/\/couple\/guests\/[\w-]{36}$/);
});
