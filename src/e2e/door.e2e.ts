import { fillDinner } from '../testing/answering.ts';
import { findings } from '../testing/axe.ts';
import { find, keptAtDoor, letIn, press } from '../testing/door.ts';
import { emailOf, expect, signIn, test } from '../testing/site.ts';

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
	await expect(page.getByText(/^In, and not on the list: .*A cousin/)).toBeVisible();

	// nothing else is on it, and it can be shut out
	await front.goto('/couple/guests');
	await expect(front).toHaveURL('/door');
	await front.context().setOffline(true);
	await find(front, 'mei');
	await press(front, 'Mei & Oliver');
	await press(front, 'Mei Chen is in');
	await expect(front.getByText('1 note not sent yet')).toBeVisible();
	await page.getByRole('button', { name: 'Shut out Front door' }).click();
	await expect(page.getByText('“Front door” is shut out.')).toBeVisible();
	await front.context().setOffline(false);
	await expect(front.getByText('This phone has been shut out')).toBeVisible();
	await expect(front.getByText('1 note not sent yet')).toBeVisible();
	await expect(front.getByRole('searchbox')).toHaveCount(0);
	await expect.poll(() => keptAtDoor(front)).toMatchObject({ arrivals: 1, values: 0 });

	// let in again, it tells what it had noted
	await page.getByLabel('What do you call it?').fill('Front door again');
	await page.getByRole('button', { name: 'Add a phone' }).click();
	const again = page.locator('a[href*="/door/in/"]');
	await expect(again).toBeVisible();
	await front.goto((await again.getAttribute('href'))!);
	await press(front, 'Take the list');
	for (const phone of [front, back, page]) await expect(phone.getByText(/^3 of/).first()).toBeVisible();
});
