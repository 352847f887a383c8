import { expect, type Page } from '@playwright/test';
import { wedding } from './site.ts';

/** A word that no other test uses. */
export const mark = () => Math.random().toString(36).slice(2, 8);

/** What is typed of one guest in the form of a household. */
export const field = (page: Page, guest: number, name: string) =>
	page.locator(`[name="guests.${guest}.${name}"]`);

export const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true });
export const saved = (page: Page, name: string) => expect(page.getByText(`Saved ${name}.`)).toBeVisible();

/** Opens the form of a new household and types its name. */
export async function fillNew(page: Page, name: string) {
	await page.goto('/couple/guests/new');
	await page.getByLabel('Name of the household').fill(name);
}

export async function fillGuest(page: Page, index: number, name: string, email?: string) {
	if (!(await field(page, index, 'name').isVisible()))
		await page.getByRole('button', { name: 'Add a guest' }).click();
	await field(page, index, 'name').fill(name);
	if (email) await field(page, index, 'email').fill(email);
}

/** By way of the list, as the couple does. */
export async function open(page: Page, name: string) {
	await page.goto(`/couple/guests?q=${encodeURIComponent(name)}`);
	await page.getByRole('link', { name }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
}

/** The code on the card of the household with this name, as it is printed. */
export async function codeOf(name: string): Promise<string> {
	const { rows } = await wedding().sql.query('SELECT code FROM household WHERE name LIKE $1', [`%${name}%`]);
	return rows[0].code.match(/.{4}/g).join('-');
}
