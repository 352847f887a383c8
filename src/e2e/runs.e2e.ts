import { findings } from '../testing/axe.ts';
import { makePausedRun } from '../testing/paused-run.ts';
import { emailOf, expect, mails, signIn, test } from '../testing/site.ts';

const invitedTo = (word: string) => mails(emailOf(word)).filter(({ text }) => text.includes('/i/')).length;
const GUESTS = ['maria', 'daniel', 'lucia', 'sanne', 'lotte', 'elif', 'mei', 'hugo'];

test('a run that was paused is found on the overview, goes on, and says so without being asked', async ({
	page
}) => {
	await signIn(page, emailOf('anna'));
	await makePausedRun();
	await page.goto('/couple');
	await page.getByRole('link', { name: 'Invitations: paused' }).click();
	const main = page.locator('main');
	await expect(main).toContainText('0 of 8 sent');
	await expect(main).toContainText("Paused. 6 emails haven't left yet.");
	for (const colorScheme of ['light', 'dark'] as const) {
		expect(await findings(page, { colorScheme })).toEqual([]);
	}
	await page.getByRole('button', { name: 'Leave it at that' }).click();
	await expect(main).not.toContainText('may have left');
	await page.getByRole('button', { name: 'Go on' }).click();
	await expect(main).toContainText("That's everyone.");
	await expect(main).toContainText('6 of 8 sent');
	expect(GUESTS.map(invitedTo).filter((count) => count === 1)).toHaveLength(6);
});

test.describe('without JavaScript', () => {
	test.use({ javaScriptEnabled: false });

	test('mails that may have left are sent again, or a run is stopped', async ({ page }) => {
		await signIn(page, emailOf('anna'));
		const before = GUESTS.map(invitedTo);
		await page.goto(`/couple/messages/runs/${await makePausedRun()}`);
		await page.getByRole('button', { name: 'Send all 2 again' }).click();
		await expect
			.poll(async () => {
				await page.goto(page.url());
				return page.locator('main').textContent();
			})
			.toContain('8 of 8 sent');
		expect(GUESTS.map(invitedTo)).toEqual(before.map((count) => count + 1));

		await page.goto(`/couple/messages/runs/${await makePausedRun()}`);
		await page.locator('summary', { hasText: 'Stop for good' }).click();
		await page.getByRole('button', { name: 'Stop for good' }).click();
		await expect(page.locator('main')).toContainText('Stopped for good');
		await expect(page.locator('main')).toContainText('0 of 8 sent');
	});
});
