import { join } from 'node:path';
import {
	emailOf,
	expect,
	nextMail,
	openUploadForm,
	followLink,
	test,
	untilRunning
} from '../testing/site.ts';

const file = join(import.meta.dirname, '../testing/sounds/toast-cbr.mp3');

test('from the couple’s first household to the guest’s score', async ({ page: couple, browser }) => {
	const address = `nienke.${Date.now()}@example.org`;
	const title = `The toast of ${Date.now()}`;

	await test.step('the couple logs in by the mailed link', async () => {
		await followLink(couple, emailOf('anna'));
		await expect(couple).toHaveURL('/couple');
	});

	await test.step('adds a household', async () => {
		await couple.goto('/couple/guests/new');
		await couple.getByLabel('Name of the household').fill('Nienke & Bas');
		await couple.locator('input[name="guests.0.name"]').fill('Nienke Postma');
		await couple.locator('input[name="guests.0.email"]').fill(address);
		await couple.getByRole('button', { name: 'Add a guest' }).click();
		await couple.locator('input[name="guests.1.name"]').fill('Bas Postma');
		await couple.getByRole('button', { name: 'Save', exact: true }).click();
		await expect(couple).toHaveURL(/\/couple\/guests(\?|$)/);
		await couple.goto('/couple/guests?q=Nienke');
		await couple.getByRole('link', { name: 'Nienke & Bas' }).click();
		await expect(couple.getByRole('heading', { level: 1 })).toHaveText('Nienke & Bas');
	});

	const invitation = await test.step('invites it', async () => {
		await couple.getByRole('button', { name: /invit/i }).first().click();
		return nextMail(address, () =>
			couple.getByRole('dialog').locator('form').getByRole('button').first().click()
		);
	});

	await test.step('uploads a real file', async () => {
		await openUploadForm(couple);
		await couple.locator('input[type=file]').setInputFiles(file);
		await couple.locator('input[name=title]').fill(title);
		await couple.getByRole('button', { name: 'Upload the recording' }).click();
		await expect(couple.getByRole('link', { name: title }).first()).toBeVisible();
		await expect(couple.getByText('0:17').last()).toBeVisible();
		// the list asks by itself
		await expect(couple.getByText(/made ready/)).toHaveCount(0, { timeout: 30_000 });
	});

	const guest = await browser.newPage();
	await test.step('the guest opens the mail and presses the button', async () => {
		expect(invitation.text).toContain('Nienke');
		await guest.goto(invitation.link);
		await guest.locator('main').getByRole('button').click();
		await expect(guest.getByText('Signed in as Nienke & Bas.')).toBeVisible();
	});

	await test.step('listens: the player seeks and reaches the end', async () => {
		await guest.goto('/recordings');
		await guest.getByRole('link', { name: title }).click();
		await untilRunning(guest);
		const audio = guest.locator('audio');
		await expect
			.poll(() => audio.evaluate((player: HTMLAudioElement) => player.duration))
			.toBeCloseTo(16.7, 0);
		await guest.locator('.track input').evaluate((slider: HTMLInputElement) => {
			slider.value = String(Number(slider.max) - 1);
			slider.dispatchEvent(new Event('input', { bubbles: true }));
			slider.dispatchEvent(new Event('change', { bubbles: true }));
		});
		await guest
			.getByRole('button', { name: /play|afspelen|luister/i })
			.first()
			.click();
		await expect
			.poll(() => audio.evaluate((player: HTMLAudioElement) => player.currentTime))
			.toBeGreaterThan(14);
		await expect.poll(() => audio.evaluate((player: HTMLAudioElement) => player.ended)).toBe(true);
	});

	await test.step('and scores, each of the household on their own name', async () => {
		const rows = guest.locator('fieldset');
		await expect(rows).toHaveCount(2);
		await rows.first().locator('label').nth(4).check();
		await expect(rows.first().getByText(/saved|bewaard/i)).toBeVisible();
		await rows.last().locator('label').nth(3).check();
		await expect(rows.last().getByText(/saved|bewaard/i)).toBeVisible();
		await guest.reload();
		await expect(rows.first().locator('label').nth(4)).toBeChecked();
		await expect(rows.last().locator('label').nth(3)).toBeChecked();
	});

	await test.step('the couple sees the score, and who has opened the site', async () => {
		await couple.goto('/couple/recordings');
		const row = couple.getByRole('listitem').filter({ hasText: title });
		await expect(row).toContainText('4.5');
		await expect(row).toContainText(/2 of \d+ gave stars/);
		await couple.goto('/couple/guests?q=Nienke');
		await expect(couple.locator('main')).toContainText(/opened/i);
	});
});
