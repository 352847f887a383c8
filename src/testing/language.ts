import type { Page } from '@playwright/test';

/** Chooses from the list at the top of every page, which works without a script. */
export async function chooseLanguage(page: Page, name: string): Promise<void> {
	await page.locator('.corner summary').click();
	await page.locator('.corner').getByRole('button', { name, exact: true }).click();
}
