import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { emailOf, expect, signIn, test } from '../testing/site.ts';

const LIST = join(import.meta.dirname, '../testing/sheets/gastenlijst.xlsx');

async function bring(page: Page) {
	await page.goto('/couple/guests/import');
	await page.getByLabel('The file').setInputFiles(LIST);
	await page.getByRole('button', { name: 'Show what would change' }).first().click();
	await expect(page.getByRole('heading', { name: 'What would change' })).toBeVisible();
}

test.use({ javaScriptEnabled: false });

test('the guest list of a spreadsheet comes in, comes again without a change, and is taken back', async ({
	page
}) => {
	await signIn(page, emailOf('anna'));
	await bring(page);
	await expect(page.getByText('From gastenlijst.xlsx')).toBeVisible();
	await expect(page.getByRole('button', { name: 'Import', exact: true })).toHaveCount(0);

	await page.getByLabel('Another household of that name').check();
	await page.getByText('How we read it').click();
	await page.getByLabel('Telefoon').selectOption({ label: '(not imported)' });
	await page.getByRole('button', { name: 'Show again' }).click();
	await expect(page.getByRole('list', { name: 'New' })).toContainText('Anneke de Groot');
	await page.getByRole('button', { name: 'Import', exact: true }).click();
	await expect(page.getByRole('status')).toContainText('The list has been imported.');

	await page.goto('/couple/guests?q=Anneke');
	await expect(page.getByRole('list', { name: 'Guests' })).toContainText('Mees de Groot');
	await bring(page);
	await expect(page.getByText('10 guests stay as they are.')).toBeVisible();
	await expect(page.getByRole('list', { name: 'New' })).toHaveCount(0);

	await page.goto('/couple/guests/import');
	await page.getByRole('button', { name: 'Undo this import' }).click();
	await expect(page.getByRole('status')).toContainText('The import is undone');
	await page.goto('/couple/guests?q=Anneke');
	await expect(page.getByText('Nobody found')).toBeVisible();
});

test('the guest list goes out as a table', async ({ page }) => {
	await signIn(page, emailOf('anna'));
	await page.goto('/couple/guests/export');
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('link', { name: 'Guest list, CSV', exact: true }).click()
	]);
	expect(download.suggestedFilename()).toBe('Guest list.csv');
	const text = await readFile(await download.path(), 'utf8');
	expect(text).toContain('Household,Name,Child,Diet and allergies,Email');
	expect(text).toContain('Family Jansen,Maria Jansen,');
});

test('a picture that is called a list is no list', async ({ page }) => {
	await signIn(page, emailOf('anna'));
	await page.goto('/couple/guests/import');
	const buffer = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]), Buffer.alloc(5000, 7)]);
	await page.getByLabel('The file').setInputFiles({ name: 'guests.csv', mimeType: 'text/csv', buffer });
	await page.getByRole('button', { name: 'Show what would change' }).first().click();
	await expect(page.getByText('This is not a spreadsheet.')).toBeVisible();
});
