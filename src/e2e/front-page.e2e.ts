import type { Page } from '@playwright/test';
import { addDinner, enter } from '../testing/answering.ts';
import { emailOf, expect, follow, signIn, test, untilRouted, wedding } from '../testing/site.ts';

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

test.describe.serial('the front page', () => {
	test('gets what the couple adds, in their order, without scripts', async ({ browser }) => {
		const context = await browser.newContext({ javaScriptEnabled: false, baseURL: wedding().origin });
		const page = await context.newPage();
		await signIn(page, emailOf('anna'));
		await page.goto('/couple/page');
		await page.getByRole('link', { name: 'Add something' }).click();
		await page.getByLabel('What is it?').selectOption('Question and answer');
		await page.getByLabel('Text in English').fill('**Always**, at <b>table</b> too');
		await press(page, 'Preview');
		await expect(page.getByLabel('Title in English')).toBeFocused();
		await page.getByLabel('Title in English').fill('Are children welcome?');
		await press(page, 'Preview');
		await expect(page.locator('#preview').getByRole('heading', { name: 'Are children' })).toHaveCount(2);
		await expect(page.locator('#preview strong').first()).toHaveText('Always');
		await press(page, 'Save');
		await expect(page.getByText('“Are children welcome?” has been saved.')).toBeVisible();

		await page.goto('/couple/page/new');
		await page.getByLabel('Text in English').fill('- [The inn](https://inn.example)\n- [us](javascript:x)');
		await page.getByLabel('Text in Dutch').fill('[De herberg](https://inn.example)');
		await press(page, 'Save');
		await press(page, 'Up: Where to stay');
		await expect(page.locator('ol.rows > li').first()).toContainText('Where to stay');
		await press(page, 'Remove: Where to stay');
		await press(page, 'Undo it');
		await expect(page.getByText("It's back where it was.")).toBeVisible();
		await context.close();
	});

	test('is read by guests, each in their language, below their programme', async ({ page }) => {
		await addDinner();
		await wedding().sql.query(`UPDATE wedding SET held_on = (now() AT TIME ZONE time_zone)::date + 12`);
		await enter(page, 'Family Jansen');
		await expect(page.getByText('over 12 dagen')).toBeVisible();
		expect(await page.locator('main h2').allTextContents()).toEqual(
			expect.arrayContaining(['Waar en wanneer', 'Overnachten', 'Vragen en antwoorden'])
		);
		await expect(page.getByRole('link', { name: 'De herberg' })).toHaveAttribute('rel', 'noopener');
		await expect(page.getByText('Always, at <b>table</b> too')).toBeVisible();
		for (const script of await page.locator('script').all())
			await expect(script).toHaveAttribute('src', /^\/(offline|answer)\.js$/);

		await page.emulateMedia({ media: 'print' });
		for (const name of ['Waar en wanneer', 'Overnachten'])
			await expect(page.getByRole('heading', { name })).toBeVisible();
		for (const name of ['Luisteren', 'Gastenboek', 'Jullie antwoord'])
			await expect(page.getByRole('heading', { name })).toBeHidden();
		await expect(page.getByText('Zet het in je agenda')).toBeHidden();
	});

	test('a gift is put on the list, brought by one household and seen as taken by another, without scripts', async ({
		browser
	}) => {
		const context = () => browser.newContext({ javaScriptEnabled: false, baseURL: wedding().origin });
		const [couple, maria, sanne] = [
			await (await context()).newPage(),
			await (await context()).newPage(),
			await (await context()).newPage()
		];
		await signIn(couple, emailOf('anna'));
		await couple.goto('/couple/gifts/new');
		await couple.getByLabel('What is it, in English').fill('A sundial');
		await couple.getByLabel('Price').fill('a lot');
		await press(couple, 'Save');
		await expect(couple.getByLabel('Price')).toBeFocused();
		await couple.getByLabel('Price').fill('79,5');
		await press(couple, 'Save');
		await expect(couple.getByText('“A sundial” has been saved.')).toBeVisible();

		const gift = (page: Page) => page.getByRole('listitem').filter({ hasText: 'A sundial' });
		await enter(maria, 'Family Jansen');
		await maria.getByRole('link', { name: 'Bekijk het lijstje' }).click();
		await enter(sanne, 'Sanne & Lotte');
		await sanne.goto('/gifts');
		await press(maria, 'Dit geef ik: A sundial');
		await expect(gift(maria)).toContainText('Dit geven jullie.');
		await press(sanne, 'Dit geef ik: A sundial');
		await expect(sanne.getByRole('alert')).toContainText('Iemand anders was net sneller');
		await expect(gift(sanne)).toContainText('Wordt al gegeven');
		await couple.reload();
		await expect(gift(couple)).toContainText('€79.50');
		await expect(gift(couple)).toContainText('Already taken');
		await press(maria, 'Toch niet: A sundial');
		await expect(gift(maria).getByRole('button')).toHaveText('Dit geef ik');
	});

	test('asks before what was only looked at is lost', async ({ page }) => {
		await signIn(page, emailOf('anna'));
		await page.goto('/couple/page/new');
		await untilRouted(page);
		await page.getByLabel('Text in English').fill('Ring us');
		await press(page, 'Preview');
		await expect(page.locator('#preview').getByText('Ring us').first()).toBeVisible();
		await follow(page, 'Guest list');
		await expect(page.getByRole('dialog')).toBeVisible();
		await expect(page).toHaveURL(/page\/new/);
	});
});
