import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { fillDinner } from '../testing/answering.ts';
import { findings } from '../testing/axe.ts';
import { browser as options } from '../testing/browser.ts';
import { film } from '../testing/camera.ts';
import { choose, find, keptAtDoor, letIn, press } from '../testing/door.ts';
import { codeOf } from '../testing/household.ts';
import { fillTables } from '../testing/seating.ts';
import { emailOf, expect, origin, signIn, test, wedding } from '../testing/site.ts';

const camera = join(process.env.E2E_FOLDER!, `camera-${process.pid}.y4m`);
const { args = [], ...launched } = await options();
const fake = [
	...['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
	`--use-file-for-fake-video-capture=${camera}`
];
test.use({ launchOptions: { ...launched, args: [...args, ...fake] } });

const addressOf = async (household: string) =>
	`${origin()}/i/${(await codeOf(household)).replaceAll('-', '')}`;
const said = (phone: Page) => phone.locator('#page section [role=status]');
const say = (answers: Record<string, 'yes' | 'no'>) =>
	wedding().sql.query(
		`INSERT INTO reply (wedding_id, event_id, guest_id, state)
		SELECT g.wedding_id, e.id, g.id, (said->>g.name)::reply_state FROM event e, guest g, (SELECT $1::jsonb AS said) AS given
		WHERE said ? g.name ON CONFLICT DO NOTHING`,
		[JSON.stringify(answers)]
	);

test('two phones at two doors without network make one list with the couple’s; one is shut out, and let in again', async ({
	page,
	browser
}) => {
	// one evening from beginning to end
	test.slow();
	await fillDinner();
	await fillTables();
	await say({ 'Elif Yılmaz': 'yes', 'Murat Yılmaz': 'yes', 'Hugo Lindqvist': 'no' });
	await signIn(page, emailOf('anna'));
	const front = await letIn(browser, page, 'Front door');
	const back = await letIn(browser, page, 'Back door');
	// its clock is three hours slow
	await back.addInitScript(() => {
		const now = Date.now;
		Date.now = () => now() - 3 * 60 * 60 * 1000;
	});
	await back.reload();
	await page.goto('/couple/door');
	for (const phone of [front, back]) await expect(phone.getByText('0 of 3 are in')).toBeVisible();

	const { etag = '' } = (await front.request.get('/door/list')).headers();
	const same = await front.request.get('/door/list', { headers: { 'if-none-match': etag } });
	expect(same.status()).toBe(304);

	for (const phone of [front, back]) await phone.context().setOffline(true);
	await find(front, 'table 1');
	await expect(front.getByRole('heading', { name: 'Table 1, The lake' })).toBeVisible();
	await choose(front, 'Maria Jansen');
	await expect(front.getByText('Table 1, The lake · seat 1')).toBeVisible();
	await find(front, 'yilmaz');
	await choose(front, 'Family Yılmaz');
	await expect(said(front)).toHaveText('Welcome');
	await press(front, 'Elif Yılmaz is in');
	await press(front, 'Murat Yılmaz is in');
	await expect(front.getByText('No network')).toBeVisible();
	await expect(front.getByText('2 notes not sent yet')).toBeVisible();
	await press(front, 'Undo');
	await expect(front.getByText(/^1 of/)).toBeVisible();
	await front.getByText("Somebody who isn't on the list").click();
	await front.getByLabel('Name', { exact: true }).fill('A cousin');
	await press(front, "Note that they're in");
	await expect(front.getByText(/^2 of/)).toBeVisible();
	expect(await findings(front)).toEqual([]);

	// the same family, by the keys of a keyboard alone
	await back.getByRole('searchbox').focus();
	await back.keyboard.type('elif');
	for (let n = 0; n < 2; n++) await back.keyboard.press('Tab');
	await back.keyboard.press('Enter');
	await expect(back.getByRole('heading', { name: 'Family Yılmaz' })).toBeFocused();
	for (let n = 0; n < 2; n++) await back.keyboard.press('Tab');
	await expect(back.getByRole('button', { name: 'Elif Yılmaz is in' })).toBeFocused();
	await back.keyboard.press('Enter');
	await expect(back.getByText(/^1 of/)).toBeVisible();

	for (const phone of [front, back]) await phone.context().setOffline(false);
	for (const phone of [front, back, page]) await expect(phone.getByText(/^2 of/).first()).toBeVisible();
	await expect(front.getByText('not sent yet')).toHaveCount(0);
	await expect(page.getByText(/^In, and not on the list: .*A cousin/)).toBeVisible();
	await page.getByText('Table by table').click();
	await expect(page.getByText('Not yet: Maria Jansen')).toBeVisible();
	await press(back, 'Elif Yılmaz goes out');
	for (const phone of [back, front, page]) await expect(phone.getByText(/^1 of/).first()).toBeVisible();

	// nothing else is on it, and it can be shut out
	await front.goto('/couple/guests');
	await expect(front).toHaveURL('/door');
	await front.context().setOffline(true);
	await find(front, 'mei');
	await choose(front, 'Mei & Oliver');
	await expect(said(front)).toHaveText("Hasn't answered");
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
	for (const phone of [front, back, page]) await expect(phone.getByText(/^2 of/).first()).toBeVisible();
});

test('a camera, and a reader that types, say of each code what it is, and go on', async ({
	page,
	browser
}) => {
	await fillDinner();
	await say({ 'Hugo Lindqvist': 'no' });
	await wedding().sql.query(
		`WITH brunch AS (
			INSERT INTO event (wedding_id, name, starts_at)
			SELECT id, '{"en": "Brunch"}', '2066-06-13T10:00Z' FROM wedding RETURNING id
		)
		UPDATE invitation SET event_id = brunch.id FROM brunch, guest
		WHERE guest.id = guest_id AND guest.name LIKE 'Cornelia%'`
	);
	await signIn(page, emailOf('anna'));
	const phone = await letIn(browser, page, 'Camera');
	film(camera, await addressOf('Hugo'));
	// this browser without a window asks nobody
	await phone.evaluate(() => {
		const devices = navigator.mediaDevices;
		devices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'));
	});
	await press(phone, 'Scan a card');
	await expect(phone.getByText('This site may not use the camera')).toBeVisible();
	await phone.evaluate(() => Reflect.deleteProperty(navigator.mediaDevices, 'getUserMedia'));
	await press(phone, 'Try the camera again');
	await expect(phone.getByRole('heading', { name: 'Hugo Lindqvist' })).toBeVisible();
	await expect(said(phone)).toHaveText('Said no');

	/** As when the phone was put away, and another card is held before it. */
	const show = async (text: string) => {
		film(camera, text);
		await phone.evaluate(() => {
			const { srcObject } = document.querySelector('video')!;
			(srcObject as MediaStream).getTracks().forEach((track) => track.stop());
			document.dispatchEvent(new Event('visibilitychange'));
		});
	};
	await show(`${origin()}/i/ABCDEFGHJK23`);
	await expect(phone.getByText("This card isn't on the list")).toBeVisible();
	await show('https://restaurant.example/menu');
	await expect(phone.getByText("That's not the code of an invitation")).toBeVisible();
	await show(await addressOf('Cornelia'));
	await expect(said(phone)).toHaveText('Not invited to this');
	await press(phone, 'Cornelia van Dijk is in');

	// that of a desk, which types wherever the focus is
	const type = async (text: string) => {
		await phone.keyboard.type(text);
		await phone.keyboard.press('Enter');
	};
	await press(phone, 'Stop scanning');
	await type(await addressOf('Cornelia'));
	await expect(said(phone)).toHaveText('Already in');
	const removed = await addressOf('Henk');
	await type(removed);
	await expect(phone.getByRole('heading', { name: 'Buurman Henk' })).toBeVisible();
	await wedding().sql.query(`DELETE FROM household WHERE name = 'Buurman Henk'`);
	await phone.reload();
	await expect(async () => {
		await type(removed);
		await expect(phone.getByText("This card isn't on the list")).toBeVisible({ timeout: 1000 });
	}).toPass();
});
