import { readFileSync } from 'node:fs';
import { fillDinner } from '../testing/answering.ts';
import { findings } from '../testing/axe.ts';
import { readPdf } from '../testing/printed.ts';
import { addressTable, fillTables } from '../testing/seating.ts';
import { emailOf, expect, signIn, test, untilRouted, wedding } from '../testing/site.ts';

const sit = (name: string, table: number, seat: number) =>
	wedding().sql.query(
		`INSERT INTO seat (plan_id, guest_id, wedding_id, event_id, table_id, number)
		SELECT p.id, g.id, p.wedding_id, p.event_id, t.id, $3
		FROM plan p JOIN seating_table t ON t.plan_id = p.id AND t.number = $2 JOIN guest g ON g.name = $1`,
		[name, table, seat]
	);

test('guests find their seat on a tablet and on their own page; the couple prints who sits where', async ({
	page,
	browser
}) => {
	await fillDinner();
	await fillTables();
	await sit('Elif Yılmaz', 2, 3);
	await sit('Lucia Ferri', 1, 2);
	const open = async (more = {}) => (await browser.newContext({ locale: 'en', ...more })).newPage();
	const desk = await open();
	await signIn(desk, emailOf('anna'));
	const plan = (await addressTable()).split('/').slice(0, 4).join('/');
	await desk.goto(`${plan}/print`);
	const coming = desk.waitForEvent('download');
	await desk.getByRole('link', { name: 'PDF: Guests by name' }).click();
	const pages = await readPdf(readFileSync(await (await coming).path()));
	for (const name of ['Elif Yılmaz', 'Lucia Ferri', 'Maria Jansen']) expect(pages[0]!.text).toContain(name);
	for (const [file, type, start] of [
		['plan-a3.pdf', 'application/pdf', '%PDF-'],
		['seating.xlsx', 'spreadsheetml.sheet', 'PK'],
		['kitchen.csv', 'text/csv', '\ufeffTable,']
	] as const) {
		const answer = await desk.request.get(`${plan}/print/${file}`);
		expect(answer.headers()['content-type']).toContain(type);
		expect((await answer.body()).toString()).toMatch(new RegExp(`^${start}`));
	}

	await desk.getByRole('button', { name: 'Make a link' }).click();
	const link = (await desk.getByRole('link', { name: /\/seats\// }).getAttribute('href'))!;
	await page.setViewportSize({ width: 800, height: 1100 });
	await page.clock.install();
	await page.goto(link);
	await untilRouted(page);
	await page.getByLabel('Your name').pressSequentially('YILMAZ e');
	expect(await findings(page)).toEqual([]);
	await page.getByRole('link', { name: 'Elif Yılmaz' }).click();
	await expect(page.getByRole('heading', { name: 'Elif Yılmaz' })).toBeVisible();
	await expect(page.getByText('Table 2, The lake')).toBeVisible();
	await expect(page.getByText('Seat 3')).toBeVisible();
	await expect(page.getByRole('img', { name: 'table 2 is marked' })).toBeVisible();
	await expect(page.locator('html')).not.toContainText('Lucia');
	await page.getByLabel('Language: English').click();
	await page.getByRole('button', { name: 'Italiano' }).click();
	await expect(page.getByText('Posto 3')).toBeVisible();
	await untilRouted(page);
	await page.clock.fastForward(31_000);
	await expect(page.getByLabel('Your name')).toHaveValue('');
	await expect(page.locator('html')).not.toContainText('Elif');

	const plain = await open({ javaScriptEnabled: false });
	await plain.goto(link);
	await plain.getByLabel('Your name').fill('maria');
	await plain.getByRole('button', { name: 'Search' }).click();
	await expect(plain.getByText('Table 1, The lake')).toBeVisible();
	await expect(plain.getByText('With Lucia Ferri')).toBeVisible();

	await desk.getByRole('button', { name: 'End the link' }).click();
	await expect(desk.getByText('The link has ended')).toBeVisible();
	await page.getByLabel('Your name').pressSequentially('elif');
	await expect(page.getByText("This link doesn't work any more")).toBeVisible();
	expect((await plain.goto(link))!.status()).toBe(404);

	const guest = await open();
	await signIn(guest, emailOf('maria'));
	await guest.goto('/');
	await expect(guest.getByText('Tafel 1, The lake')).toBeVisible();
	await expect(guest.getByText('Met Lucia Ferri')).toBeVisible();
});
