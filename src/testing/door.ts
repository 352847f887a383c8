import type { Browser, BrowserContextOptions, Page } from '@playwright/test';
import { expect, origin } from './site.ts';

/** A phone that the couple lets in: it opens the address that stands below the code. */
export async function letIn(
	browser: Browser,
	couple: Page,
	name: string,
	options: BrowserContextOptions = {}
): Promise<Page> {
	await couple.goto('/couple/door');
	await couple.getByLabel('What do you call it?').fill(name);
	await couple.getByRole('button', { name: 'Add a phone' }).click();
	await expect(couple.getByRole('heading', { name: `Scan this with “${name}”` })).toBeVisible();
	const address = (await couple.locator('a[href*="/door/in/"]').getAttribute('href'))!;
	const phone = await (await browser.newContext({ baseURL: origin(), ...options })).newPage();
	await phone.goto(address);
	await phone.getByRole('button', { name: 'Take the list' }).click();
	await expect(phone).toHaveURL('/door');
	await expect(phone.getByText(/^\d+ of \d+ are in$/)).toBeVisible();
	return phone;
}

export const find = (phone: Page, typed: string) => phone.getByRole('searchbox').fill(typed);
export const press = (phone: Page, name: string) => phone.getByRole('button', { name, exact: true }).click();

/** One of those that were found. */
export const choose = (phone: Page, name: string) =>
	phone.getByRole('button', { name: new RegExp(`^${name}`) }).click();

/** What this browser keeps for the door: files and pages, and what stands in its database. */
export const keptAtDoor = (phone: Page) =>
	phone.evaluate(async () => {
		const isThere = await caches.has('door');
		const paths = isThere
			? (await (await caches.open('door')).keys()).map(({ url }) => new URL(url).pathname)
			: [];
		const database = await new Promise<IDBDatabase>((done) => {
			indexedDB.open('door', 1).onsuccess = ({ target }) => done((target as IDBOpenDBRequest).result);
		});
		const count = (store: string) =>
			new Promise<number>((done) => {
				if (!database.objectStoreNames.contains(store)) return done(0);
				const asked = database.transaction(store).objectStore(store).count();
				asked.onsuccess = () => done(asked.result);
			});
		const found = { paths, arrivals: await count('arrivals'), values: await count('values') };
		database.close();
		return found;
	});
