import type { Page } from '@playwright/test';
import { box, saveAnswer } from '../testing/answering.ts';
import { findings } from '../testing/axe.ts';
import { fillParty } from '../testing/party-sql.ts';
import { emailOf, expect, signIn, test, untilRouted, wedding } from '../testing/site.ts';

test.use({ viewport: { width: 1280, height: 900 }, hasTouch: false, isMobile: false });

/** From the list of who stands to the middle of what is drawn there. */
async function drag(page: Page, guest: string, table: string) {
	const row = page.locator('[data-guest]', { hasText: guest });
	await row.scrollIntoViewIfNeeded();
	const [from, to] = [
		await row.boundingBox(),
		await page.getByRole('link', { name: table }).first().boundingBox()
	];
	await page.mouse.move(from!.x + from!.width - 20, from!.y + from!.height / 2);
	await page.mouse.down();
	await page.mouse.move(to!.x + to!.width / 2, to!.y + to!.height / 2, { steps: 4 });
	await page.mouse.up();
}

/** From a seat to another table, by a finger. */
async function slide(page: Page, guest: string, table: string) {
	const grip = page.getByRole('link', { name: guest }).locator('[data-guest]');
	const to = page.getByRole('link', { name: table }).first();
	await to.scrollIntoViewIfNeeded();
	const [from, there] = [await grip.boundingBox(), await to.boundingBox()];
	const [x, y] = [from!.x + from!.width / 2, from!.y + from!.height / 2];
	const [wide, high] = [there!.x + there!.width / 2 - x, there!.y + there!.height / 2 - y];
	const finger = await page.context().newCDPSession(page);
	await finger.send('Emulation.setTouchEmulationEnabled', { enabled: true });
	await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y }] });
	for (const part of [0.1, 0.4, 0.7, 1]) {
		const touchPoints = [{ x: x + wide * part, y: y + high * part }];
		await finger.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints });
	}
	await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
}

test('sixty guests have seats at once, but for a wish that cannot hold; all of it is taken back, and one is dragged', async ({
	page,
	browser
}) => {
	await fillParty();
	await signIn(page, emailOf('anna'));
	const { rows } = await wedding().sql.query('SELECT id FROM plan');
	const plan = `/couple/tables/${rows[0].id}`;
	await page.goto(plan);
	await page.getByRole('link', { name: 'Seat everybody' }).click();
	await untilRouted(page);
	await page.getByRole('button', { name: 'Work it out' }).click();
	await expect(page.getByRole('heading', { name: 'Wishes: 2 of 3 hold' })).toBeVisible();
	await expect(page.getByText("These can't all hold")).toBeVisible();
	await expect(page.getByRole('heading', { name: '62 guests get a seat' })).toBeVisible();
	expect(await findings(page)).toEqual([]);

	await page
		.getByRole('button', { name: 'Remove: Maria Jansen · not at one table with · Hugo Lindqvist' })
		.click();
	await expect(page.getByText('have changed since')).toBeVisible();
	await page.getByRole('button', { name: 'Work it out again' }).click();
	await expect(page.getByRole('heading', { name: 'Wishes: 2 of 2 hold' })).toBeVisible();
	await page.getByRole('button', { name: 'Take it' }).click();
	await expect(page.getByText('Everybody sits as proposed.')).toBeVisible();
	await expect(page.getByRole('heading', { name: 'Not seated yet: 0' })).toBeVisible();

	await page.getByRole('button', { name: /^Undo: / }).click();
	await expect(page.getByRole('heading', { name: 'Not seated yet: 62' })).toBeVisible();
	await drag(page, 'Hugo Lindqvist', 'Table 5:');
	await expect(page.getByRole('link', { name: /^Table 5:.* 1 Hugo Lindqvist/ })).toBeVisible();
	await expect(page.getByRole('heading', { name: 'Not seated yet: 61' })).toBeVisible();

	await slide(page, 'Hugo Lindqvist', 'Table 4:');
	await expect(page.getByRole('link', { name: /^Table 4:.* 1 Hugo Lindqvist/ })).toBeVisible();

	const plain = await browser.newContext({ baseURL: wedding().origin, javaScriptEnabled: false });
	const phone = await plain.newPage();
	await signIn(phone, emailOf('hugo'));
	await phone.goto('/rsvp');
	await box(phone, 'Dinner', 'Hugo Lindqvist', 'Not coming').check();
	await saveAnswer(phone).click();
	await expect(page.getByText("Hugo Lindqvist can't come after all (table 4)")).toBeVisible();
	await expect(page.getByRole('link', { name: /^Table 4:.* 0 of 8/ })).toBeVisible();
	await page.goto('/couple');
	await expect(page.getByText('A seat is free again: Dinner')).toBeVisible();
});
