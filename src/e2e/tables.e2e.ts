import { fillDinner } from '../testing/answering.ts';
import { addressTable, fillTables } from '../testing/seating.ts';
import { emailOf, expect, signIn, test, untilRouted, wedding } from '../testing/site.ts';

test('two who seat guests at once see each other’s moves, and nobody sits twice; keys move a table', async ({
	page,
	browser
}) => {
	await fillDinner();
	await fillTables();
	await signIn(page, emailOf('anna'));
	const plan = (await addressTable()).split('/').slice(0, 4).join('/');
	const open = async (more = {}) => {
		const storageState = await page.context().storageState();
		const context = await browser.newContext({ ...more, storageState, baseURL: wedding().origin });
		const other = await context.newPage();
		await other.goto(plan);
		return other;
	};
	const [second, plain] = [await open(), await open({ javaScriptEnabled: false })];
	await page.goto(plan);
	await untilRouted(page);
	const guest = 'Daniel Okafor (not answered)';
	const seated = page.getByRole('list', { name: 'Tables' }).getByText(guest);
	await page.getByLabel(guest).check();
	await page.getByRole('button', { name: 'Seat them' }).click();
	await expect(seated).toBeVisible();
	await expect(second.getByRole('list', { name: 'Tables' }).getByText(guest)).toBeVisible();

	await plain.getByLabel(guest).check();
	await plain.getByRole('button', { name: 'Seat them' }).click();
	await expect(plain.getByText('Daniel Okafor already has a seat: table 1, seat 2.')).toBeVisible();
	await page.getByRole('button', { name: 'Undo: Daniel Okafor' }).click();
	await expect(seated).toBeHidden();

	await page.goto(`${plan}/room`);
	await untilRouted(page);
	await page.getByRole('link', { name: 'Table 1, The lake' }).focus();
	for (const key of ['ArrowRight', 'Shift+ArrowDown', 'r', 'l']) await page.keyboard.press(key);
	const stored = async () =>
		(await wedding().sql.query('SELECT x, y, rotation, is_locked FROM seating_table WHERE number = 1')).rows;
	await expect.poll(stored).toEqual([{ x: 310, y: 251, rotation: 15, is_locked: true }]);
	await expect(page.getByText('turned by 15 degrees')).toBeAttached();
	// the answer to the last key is said too, whenever it comes
	const refused = async () => {
		await page.keyboard.press('ArrowRight');
		return page.getByText("It's locked. L unlocks it.").count();
	};
	await expect.poll(refused).toBe(1);
});
