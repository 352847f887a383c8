import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { field, fillGuest, fillNew, mark, open, save, saved } from '../testing/household.ts';
import { emailOf, expect, follow, openUploadForm, signIn, test, untilRouted } from '../testing/site.ts';

const SOUND = join(import.meta.dirname, '../testing/sounds/groet.aac');

const question = (page: Page) => page.getByRole('dialog', { name: 'Leave without saving?' });
const answer = (page: Page, name: string) => question(page).getByRole('button', { name }).click();

/** The links and the Back button are the script's from now on. */
async function isReady(page: Page): Promise<void> {
	await expect(page.getByRole('button', { name: 'Add a guest' })).toBeEnabled();
	await untilRouted(page);
}

test('a household that is half written is left by a link only after a question', async ({ page }) => {
	await signIn(page, emailOf('anna'));
	await page.goto('/couple');
	await follow(page, 'Guest list');
	await page.getByRole('link', { name: 'Add a household' }).click();
	await isReady(page);
	await field(page, 0, 'name').fill('Nora');
	await page.getByRole('button', { name: 'Add a guest' }).click();

	await follow(page, 'The wedding');
	await expect(question(page).getByRole('button', { name: 'Stay here' })).toBeFocused();
	await answer(page, 'Stay here');
	await expect(page).toHaveURL('/couple/guests/new');
	await expect(field(page, 0, 'name')).toHaveValue('Nora');
	await follow(page, 'The wedding');
	await expect(question(page)).toBeVisible();
	await page.keyboard.press('Escape');
	await expect(question(page)).toBeHidden();

	await follow(page, 'The wedding');
	await answer(page, 'Leave');
	await expect(page).toHaveURL('/couple/settings');
	await page.goBack();
	await expect(page).toHaveURL('/couple/guests/new');
	await page.goBack();
	await expect(page).toHaveURL('/couple/guests');
	await expect(question(page)).toBeHidden();
});

test('the Back button asks too: who stays can save, who leaves is one page back', async ({ page }) => {
	const name = `Family ${mark()}`;
	await signIn(page, emailOf('anna'));
	await fillNew(page, name);
	await fillGuest(page, 0, 'Nora');
	await save(page).click();
	await saved(page, name);
	await open(page, name);
	const address = page.url();
	await isReady(page);
	const length = await page.evaluate(() => history.length);
	await field(page, 0, 'name').fill('Noor');

	// page.goBack() would wait for a page that does not come
	const back = () => page.evaluate(() => history.back());
	await back();
	await answer(page, 'Stay here');
	await expect(page).toHaveURL(address);
	await back();
	await answer(page, 'Stay here');
	await save(page).click();
	await saved(page, name);
	await expect(page.getByRole('listitem').filter({ hasText: name })).toContainText('Noor');

	await page.goBack();
	await expect(page).toHaveURL(address);
	await isReady(page);
	await field(page, 0, 'name').fill('Nora');
	await back();
	await answer(page, 'Leave');
	await expect(page).toHaveURL(/guests\?q=/);
	await expect(page.getByLabel('Find a guest')).toHaveValue(name);
	await page.goForward();
	await expect(page).toHaveURL(address);
	await expect(field(page, 0, 'name')).toHaveValue('Noor');
	// the list that saving led to is the one further page
	expect(await page.evaluate(() => history.length)).toBe(length + 1);
});

test('nobody is asked who changed nothing, took it back, saved, or says so', async ({ page }) => {
	await signIn(page, emailOf('anna'));
	await page.goto('/couple/guests/new');
	await isReady(page);
	await page.getByRole('button', { name: 'Add a guest' }).click();
	await follow(page, 'The wedding');
	await expect(page).toHaveURL('/couple/settings');

	const place = page.getByLabel('The place');
	const before = await place.inputValue();
	await place.fill('Elsewhere');
	await place.fill(before);
	await follow(page, 'Guest list');
	await expect(page).toHaveURL('/couple/guests');

	await follow(page, 'The wedding');
	await place.fill(`${before} `);
	await page.getByRole('button', { name: 'Save' }).click();
	await expect(page.getByText('Saved.')).toBeVisible();
	await follow(page, 'Guest list');
	await expect(page).toHaveURL('/couple/guests');

	await page.getByRole('link', { name: 'Add a household' }).click();
	await isReady(page);
	await field(page, 0, 'name').fill('Nora');
	await page.getByRole('link', { name: 'Back without saving' }).click();
	await expect(page).toHaveURL('/couple/guests');
});

test('settings, a recording’s details and a chosen file are asked about, and what was refused still is', async ({
	page
}) => {
	await signIn(page, emailOf('anna'));
	await page.goto('/couple/settings');
	await untilRouted(page);
	await page.getByLabel('Your names').fill('');
	await page.getByRole('button', { name: 'Save' }).click();
	await expect(page.getByText('Please fill this in.')).toBeVisible();
	await follow(page, 'Recordings');
	await answer(page, 'Leave');
	await expect(page).toHaveURL('/couple/recordings');

	await page.locator('input[type=file][multiple]').setInputFiles(SOUND);
	await page.locator('ol > li a').first().click();
	await answer(page, 'Leave');
	await expect(page).toHaveURL(/recordings\/[\w-]+$/);
	await page.getByLabel('Moment').fill('Never');
	await follow(page, 'Guest list');
	await answer(page, 'Leave');
	await expect(page).toHaveURL('/couple/guests');
});

test('the browser asks before a page with something typed is closed or loaded again', async ({ page }) => {
	await signIn(page, emailOf('anna'));
	await page.goto('/couple/guests/new');
	await isReady(page);
	const asked: string[] = [];
	page.on('dialog', (dialog) => {
		asked.push(dialog.type());
		return dialog.accept();
	});
	await page.reload();
	await isReady(page);
	expect(asked).toEqual([]);
	await field(page, 0, 'name').click();
	await page.keyboard.type('Nora');
	await page.reload();
	await isReady(page);
	expect(asked).toEqual(['beforeunload']);
});

test('an upload under way is stopped only after a question', async ({ page }) => {
	await signIn(page, emailOf('anna'));
	await openUploadForm(page);
	await page.evaluate(() => {
		XMLHttpRequest.prototype.send = () => {};
	});
	await page.locator('input[type=file][multiple]').setInputFiles(SOUND);
	await page.getByRole('button', { name: 'Upload the recording' }).click();
	await follow(page, 'Guest list');
	await expect(page).toHaveURL('/couple/guests');
	await page.getByRole('link', { name: '1 recording is on its way' }).click();
	await expect(page).toHaveURL('/couple/recordings');
	const listen = async () => {
		const first = page.locator('ol > li').first();
		await first.getByText('More', { exact: true }).click();
		await first.getByRole('link', { name: 'Listen' }).click();
	};
	await listen();
	const upload = page.getByRole('dialog', { name: 'An upload is still under way.' });
	await upload.getByRole('button', { name: 'Stay here' }).click();
	await expect(page.getByRole('button', { name: 'Stop uploading groet.aac' })).toBeVisible();
	await page.keyboard.press('Escape');
	await listen();
	await upload.getByRole('button', { name: 'Leave' }).click();
	await expect(page).toHaveURL(/^[^?]*\/recordings\/[\w-]+$/);
});

test('the settings are kept, and a mistake is said in place', async ({ page }) => {
	await signIn(page, emailOf('anna'));
	await page.goto('/couple/settings');
	await untilRouted(page);
	const place = await page.getByLabel('The place').inputValue();
	await page.getByLabel('Your names').fill('');
	await page.getByRole('button', { name: 'Save' }).click();
	await expect(page.getByText('Please fill this in.')).toBeVisible();
	await expect(page.getByLabel('Your names')).toBeFocused();
	await page.getByLabel('Your names').fill('Anna & Ben');
	await page.getByLabel('The place').fill(`${place}, by the water`);
	await page.getByRole('button', { name: 'Save' }).click();
	await expect(page.getByText('Saved.')).toBeVisible();
	await page.reload();
	await expect(page.getByLabel('The place')).toHaveValue(`${place}, by the water`);
	await page.getByLabel('The place').fill(place);
	await page.getByRole('button', { name: 'Save' }).click();
	await expect(page.getByText('Saved.')).toBeVisible();
});
