import { readFileSync } from 'node:fs';
import { readCodes, readPdf } from '../testing/printed.ts';
import { emailOf, expect, follow, signIn, test } from '../testing/site.ts';

test('cards are printed, read by a phone, open, and are ticked off', async ({ page, browser }) => {
	await signIn(page, emailOf('anna'));
	await page.goto('/couple/guests');
	await follow(page, 'Cards');
	await page.getByText('Whose cards').click();
	await page.getByLabel('Email').selectOption('without');
	await page.getByRole('button', { name: 'Show these cards' }).click();
	await expect(page.getByRole('heading', { name: '3 cards' })).toBeVisible();

	const coming = page.waitForEvent('download');
	await page.getByRole('link', { name: /^Download the PDF: A6/ }).click();
	const download = await coming;
	expect(download.suggestedFilename()).toBe('cards-a6.pdf');
	const [sheet] = await readPdf(readFileSync(await download.path()));
	const links = await readCodes(sheet!.picture);
	expect(links).toHaveLength(3);

	await page.getByRole('link', { name: /^Print from here: A6/ }).click();
	const card = page.getByRole('article').filter({ hasText: 'Riet' });
	const [link] = await readCodes(new Blob([new Uint8Array(await card.screenshot())]));
	expect(links).toContain(link);
	const paper = await readPdf(await page.pdf({ preferCSSPageSize: true }));
	expect(paper).toHaveLength(1);
	expect(await readCodes(paper[0]!.picture)).toEqual(links);

	const guest = await (await browser.newContext()).newPage();
	await guest.goto(link!);
	await expect(guest.getByRole('heading', { level: 1 })).toContainText('Oma Riet & Opa Wim');
	await guest.locator('main').getByRole('button').click();
	await expect(guest.getByText('Ingelogd als Oma Riet & Opa Wim.')).toBeVisible();

	await page.getByRole('link', { name: 'Back to the cards' }).click();
	await page.getByRole('button', { name: 'Mark all 3 as given' }).click();
	await expect(page.getByText('3 cards are marked as given.')).toBeVisible();
	await page.getByRole('button', { name: 'Undo' }).click();
	await expect(page.getByText('3 cards count as not given again.')).toBeVisible();
	await page.goto('/couple/guests?only=card_due');
	await page.getByRole('button', { name: 'Mark as given: Tante Cornelia' }).click();
	await expect(page.getByText('One card is marked as given.')).toBeVisible();
	await expect(page.locator('main li')).toHaveCount(1);
	await page.getByRole('link', { name: /^card given/ }).click();
	await expect(page.locator('main li')).toContainText(['Given on']);
	await page.getByRole('button', { name: 'Not given after all: Tante Cornelia' }).click();
	await expect(page.getByText('One card counts as not given again.')).toBeVisible();
});
