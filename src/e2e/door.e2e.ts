import type { Browser, Page } from '@playwright/test';
import { fillDinner } from '../testing/answering.ts';
import { findings } from '../testing/axe.ts';
import { emailOf, expect, origin, signIn, test } from '../testing/site.ts';

/** A phone that the couple lets in: it opens the address that stands below the code. */
async function letIn(browser: Browser, couple: Page, name: string): Promise<Page> {
	await couple.goto('/couple/door');
	await couple.getByLabel('What do you call it?').fill(name);
	await couple.getByRole('button', { name: 'Add a phone' }).click();
	await expect(couple.getByRole('heading', { name: `Scan this with “${name}”` })).toBeVisible();
	const address = (await couple.locator('a[href*="/door/in/"]').getAttribute('href'))!;
	const phone = await (await browser.newContext({ baseURL: origin() })).newPage();
	await phone.goto(address);
	await phone.getByRole('button', { name: 'Take the list' }).click();
	await expect(phone).toHaveURL('/door');
	return phone;
}

const find = (phone: Page, typed: string) => phone.getByRole('searchbox').fill(typed);
const press = (phone: Page, name: string) => phone.getByRole('button', { name, exact: true }).click();

test('two phones at two doors, one without network, make one list with the couple’s', async ({
	page,
	browser
}) => {
	await fillDinner();
	await signIn(page, emailOf('anna'));
	const front = await letIn(browser, page, 'Front door');
	const back = await letIn(browser, page, 'Back door');
	await page.goto('/couple/door');
	for (const phone of [front, back]) await expect(phone.getByText(/^0 of \d+ are in$/)).toBeVisible();

	await front.context().setOffline(true);
	await find(front, 'yilmaz');
	await press(front, 'Family Yılmaz');
	await press(front, 'Elif Yılmaz is in');
	await press(front, 'Murat Yılmaz is in');
	await expect(front.getByText('No network')).toBeVisible();
	await expect(front.getByText('2 notes not sent yet')).toBeVisible();
	await press(front, 'Undo');
	await expect(front.getByText(/^1 of/)).toBeVisible();
	await front
		.getByText('Somebody who isn’t on the list')
		.or(front.getByText("Somebody who isn't on the list"))
		.click();
	await front.getByLabel('Name', { exact: true }).fill('A cousin');
	await press(front, "Note that they're in");
	await expect(front.getByText(/^2 of/)).toBeVisible();
	expect(await findings(front)).toEqual([]);

	await find(back, 'elif');
	await press(back, 'Family Yılmaz');
	await press(back, 'Elif Yılmaz is in');
	await expect(back.getByText(/^1 of/)).toBeVisible();
	await expect(page.getByText(/^1 of/).first()).toBeVisible();

	await front.context().setOffline(false);
	for (const phone of [front, back, page]) await expect(phone.getByText(/^2 of/).first()).toBeVisible();
	await expect(front.getByText('not sent yet')).toHaveCount(0);
	await expect(page.getByText(/^In, without having said yes: .*A cousin/)).toBeVisible();

	// nothing else is on it, and it can be shut out
	await front.goto('/couple/guests');
	await expect(front).toHaveURL('/door');
	await page.getByRole('button', { name: 'Shut out Front door' }).click();
	await expect(page.getByText('“Front door” is shut out.')).toBeVisible();
	await find(front, 'mei');
	await press(front, 'Mei & Oliver');
	await press(front, 'Mei Chen is in');
	await expect(front.getByText('This phone has been shut out')).toBeVisible();
});
