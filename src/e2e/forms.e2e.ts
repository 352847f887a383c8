import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { emailOf, expect, openUploadForm, post, signIn, test, withoutScripts } from '../testing/site.ts';

const SOUND = join(import.meta.dirname, '../testing/sounds/groet.aac');
const LOST = 'The connection was lost.';

const title = (words: string) => `${words} ${test.info().workerIndex}-${Date.now()}`;
const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true });
const alert = (page: Page) => page.getByRole('alert');

async function newRecording(page: Page, words: string) {
	await openUploadForm(page);
	await page.locator('input[type=file][multiple]').setInputFiles(SOUND);
	await page.locator('input[name=title]').fill(words);
	await page.getByRole('button', { name: 'Upload the recording' }).click();
	await expect(page.getByText(`“${words}” is uploaded.`)).toBeVisible();
}

async function edit(page: Page, words: string) {
	await newRecording(page, words);
	await page.getByRole('link', { name: words }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(words);
}

test('a star without a connection goes back to what is stored, and counts when there is one', async ({
	page,
	context
}) => {
	await signIn(page, emailOf('mei'));
	await page.goto('/recordings');
	await page.locator('ol > li a').first().click();
	await page.waitForURL(/\/recordings\/[\da-f-]{36}/);
	const heading = await page.getByRole('heading', { level: 1 }).innerText();
	const stars = page.locator('fieldset').first().locator('label');
	const saved = page.locator('fieldset').first().getByRole('status');
	const kept = stars.nth((await stars.nth(3).isChecked()) ? 2 : 3);
	await kept.check();
	await expect(saved).toHaveText('Saved');

	await context.setOffline(true);
	await stars.nth(0).check();
	await expect(alert(page)).toContainText(LOST);
	await expect(alert(page)).toBeInViewport();
	await expect(kept).toBeChecked();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading);

	await context.setOffline(false);
	await stars.nth(1).check();
	await expect(alert(page)).toHaveCount(0);
	await expect(saved).toHaveText('Saved');
	await page.reload();
	await expect(stars.nth(1)).toBeChecked();
});

test('a household without a connection stays as it was typed, and is saved when there is one', async ({
	page,
	context
}) => {
	await signIn(page, emailOf('anna'));
	await page.goto('/couple/guests/new');
	const words = title('Family');
	await page.getByLabel('Name of the household').fill(words);
	await page.locator('[name="guests.0.name"]').fill('Nora');
	await expect(page.getByRole('button', { name: 'Add a guest' })).toBeEnabled();
	await context.setOffline(true);
	await save(page).click();
	await expect(alert(page)).toContainText(LOST);
	await page.evaluate(() => scrollTo(0, 0));
	await expect(alert(page)).toBeInViewport();
	await expect(page.getByLabel('Name of the household')).toHaveValue(words);

	await context.setOffline(false);
	await save(page).click();
	await expect(page.getByText(`Saved ${words}.`)).toBeVisible();
	await expect(alert(page)).toHaveCount(0);
});

test('what was typed and chosen before the scripts came stays, and the button that needs them waits', async ({
	page
}) => {
	await signIn(page, emailOf('anna'));
	const come = await withoutScripts(page);
	await page.goto('/couple/guests/new');
	const add = page.getByRole('button', { name: 'Add a guest' });
	await expect(add).toBeDisabled();
	await page.getByLabel('Name of the household').fill('Early');
	await page.locator('select[name=language]').selectOption('nl');
	await page.locator('[name="guests.0.isChild"]').check();
	come();
	await add.click();
	await expect(page.locator('[name="guests.1.name"]')).toBeFocused();
	await expect(page.getByLabel('Name of the household')).toHaveValue('Early');
	await expect(page.locator('select[name=language]')).toHaveValue('nl');
	await expect(page.locator('[name="guests.0.isChild"]')).toBeChecked();
});

test('who was logged out meanwhile comes in on another tab, and saves what was typed', async ({
	page,
	context
}) => {
	await signIn(page, emailOf('anna'));
	const words = title('Logged out');
	await edit(page, words);
	await page.locator('input[name=moment]').fill('Dinner');
	await post(page.request, '/auth/logout');
	await page.getByRole('button', { name: 'Save the recording' }).click();
	await expect(alert(page)).toContainText('the code on your card');
	await expect(page.locator('input[name=moment]')).toHaveValue('Dinner');

	const [other] = await Promise.all([
		context.waitForEvent('page'),
		alert(page).getByRole('link', { name: 'Sign in' }).click()
	]);
	await expect(other).toHaveURL('/login');
	await signIn(other, emailOf('anna'));
	await page.getByRole('button', { name: 'Save the recording' }).click();
	await expect(page.getByText(`Saved “${words}”.`)).toBeVisible();
});

test('a form that a script sends is refused in words of its visitor’s language', async ({
	request,
	page
}) => {
	const headers = { 'x-sveltekit-action': 'true', accept: 'application/json', 'accept-language': 'nl' };
	const refused = async (path: string, form = {}, more = {}) => {
		const answer = await post(request, path, { form, headers: { ...headers, ...more } });
		const { type, status, error } = await answer.json();
		expect([type, status]).toEqual(['error', answer.status()]);
		return [status, error.message];
	};
	const guests = '/couple/guests?/inviteAll';
	expect(await refused(guests)).toEqual([401, expect.stringContaining('Log eerst in')]);
	expect(await refused(guests, {}, { origin: 'http://elsewhere' })).toEqual([
		403,
		expect.stringContaining('Dat kwam van een ander adres.')
	]);
	expect(await refused(guests, { x: 'x'.repeat(600_000) })).toEqual([413, 'Dat is te groot.']);
	expect(await refused('/login')).toEqual([405, 'Dat kan niet op dit adres.']);
	expect(await refused('/nowhere')).toEqual([404, 'Op dit adres is niets te vinden.']);

	await signIn(page, emailOf('hugo'));
	const answer = await post(page.request, guests, { headers });
	expect([answer.status(), (await answer.json()).type]).toEqual([403, 'error']);
	const bare = await post(request, guests);
	expect([bare.status(), bare.headers()['content-type']]).toEqual([401, 'text/html']);
});

test('files that would surely be refused are said at once, and the others go up', async ({ page }) => {
	await signIn(page, emailOf('anna'));
	await openUploadForm(page);
	let sent = 0;
	await page.route('/api/uploads', (route) => {
		sent++;
		return route.continue();
	});
	const choose = (...names: string[]) =>
		page.locator('input[type=file][multiple]').setInputFiles(
			names.map((name) => ({
				name,
				mimeType: name.endsWith('.pdf') ? 'application/pdf' : 'audio/mpeg',
				buffer: Buffer.from(name.startsWith('nothing') ? '' : 'no sound')
			}))
		);
	await choose('nothing.mp3');
	await expect(page.getByText('nothing.mp3: Empty. Copy it')).toBeVisible();
	await page.getByRole('button', { name: 'Upload the recording' }).click();
	await choose('nothing.mp3', 'list.pdf', 'one.mp3', 'two.mp3');
	await expect(page.getByText('list.pdf: Not a sound file.')).toBeVisible();
	await expect(page.getByText('The other 2 can go up.')).toBeVisible();
	await page.getByRole('button', { name: 'Upload 2 recordings' }).click();
	const line = (name: string) => page.getByRole('listitem').filter({ hasText: `Not uploaded: ${name}` });
	await expect(line('nothing.mp3')).toContainText('Empty. Copy it');
	await expect(line('list.pdf')).toContainText('Not a sound file.');
	for (const name of ['one.mp3', 'two.mp3'])
		await expect(line(name)).toContainText("That isn't a sound file");
	expect(sent).toBe(2);
});

test('a mistake gets the focus, and what was saved or deleted is said by name', async ({ page }) => {
	await signIn(page, emailOf('anna'));
	const words = title('Said');
	await edit(page, words);
	const recordedOn = page.locator('input[name=recordedOn]');
	await recordedOn.evaluate((field: HTMLInputElement) => (field.type = 'text'));
	await recordedOn.fill('someday');
	await page.getByRole('button', { name: 'Save the recording' }).click();
	await expect(recordedOn).toBeFocused();
	await expect(recordedOn).toHaveAttribute('aria-invalid', 'true');

	await recordedOn.fill('2027-06-12');
	await page.getByRole('button', { name: 'Save the recording' }).click();
	await expect(page.getByText(`Saved “${words}”.`)).toBeInViewport();

	await page.getByRole('link', { name: words }).click();
	await page.getByRole('button', { name: 'Delete', exact: true }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Delete the recording' }).click();
	await expect(page.getByText('The recording has been deleted.')).toBeInViewport();
});

test('a recording that was moved in another tab stays there when its title is corrected', async ({
	page,
	context
}) => {
	await signIn(page, emailOf('anna'));
	const words = title('Moved');
	await edit(page, words);
	const other = await context.newPage();
	await other.goto(page.url());
	await other.getByLabel('Place in the list').selectOption('2');
	await other.getByRole('button', { name: 'Save the recording' }).click();
	await expect(other.getByText(`Saved “${words}”.`)).toBeVisible();

	await page.getByLabel('Title').fill(`${words}, corrected`);
	await page.getByRole('button', { name: 'Save the recording' }).click();
	await page.getByRole('link', { name: `${words}, corrected` }).click();
	await expect(page.getByLabel('Place in the list')).toHaveValue('2');
});

for (const javaScriptEnabled of [true, false]) {
	test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
		test.use({ javaScriptEnabled });

		test('a filter on the list stays when somebody is invited from it', async ({ page }) => {
			await signIn(page, emailOf('anna'));
			const words = title('Filtered');
			await page.goto('/couple/guests/new');
			await page.getByLabel('Name of the household').fill(words);
			await page.locator('[name="guests.0.name"]').fill('Nora');
			await page.locator('[name="guests.0.email"]').fill(`${Date.now()}@example.org`);
			await save(page).click();
			await expect(page.getByText(`Saved ${words}.`)).toBeVisible();
			await page.goto(`/couple/guests?only=uninvited&q=${encodeURIComponent(words)}`);
			await page.getByRole('listitem').locator('summary, button', { hasText: 'Invite' }).click();
			await page.getByRole('button', { name: 'Send the invitation' }).click();
			await expect(page.getByText('The invitation is on its way.')).toBeVisible();
			await expect(page).toHaveURL(/\?only=uninvited&q=/);
			await expect(page.getByLabel('Find a guest')).toHaveValue(words);
			await expect(page.locator('main a[aria-current=true]')).toContainText('not invited');
		});
	});
}

test('who sends a form from the keyboard goes on at what it says, in sight', async ({ page }) => {
	await signIn(page, emailOf('anna'));
	const words = title('Keyboard');
	await page.goto('/couple/guests/new');
	await page.getByLabel('Name of the household').fill(words);
	await page.locator('[name="guests.0.name"]').fill('Nora');
	await page.locator('[name="guests.0.email"]').fill(`${Date.now()}@example.org`);
	await save(page).press('Enter');
	await page.getByRole('listitem').filter({ hasText: words }).getByRole('button').press('Enter');
	await page.getByRole('button', { name: 'Send the invitation' }).press('Enter');
	const sent = page.getByRole('status').filter({ hasText: 'The invitation is on its way.' });
	await expect(sent).toBeFocused();
	await expect(sent).toBeInViewport();

	await newRecording(page, words);
	const last = page.locator('ol > li').filter({ hasText: words });
	await last.locator('summary').press('Enter');
	await last.getByRole('button', { name: 'Delete', exact: true }).press('Enter');
	await page.getByRole('button', { name: 'Delete the recording' }).press('Enter');
	const gone = page.getByRole('status').filter({ hasText: 'The recording has been deleted.' });
	await expect(gone).toBeFocused();
	await expect(gone).toBeInViewport();
});

test('a question that was unfolded before the scripts came stays open, and keeps the focus', async ({
	page
}) => {
	await signIn(page, emailOf('anna'));
	await page.goto('/couple/guests?q=Cornelia');
	const household = await page.getByRole('link', { name: 'Cornelia' }).getAttribute('href');
	const come = await withoutScripts(page);
	await page.goto(household!);
	await page.locator('summary', { hasText: 'Remove this household' }).click();
	come();
	const dialog = page.getByRole('dialog');
	await expect(dialog.getByRole('button', { name: 'Remove this household' })).toBeFocused();
	await dialog.getByRole('button', { name: 'Keep' }).click();
	await expect(dialog).toBeHidden();
	await expect(page.getByRole('button', { name: 'Remove this household' })).toBeFocused();
});
