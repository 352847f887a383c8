import type { Page } from '@playwright/test';
import { open } from '../testing/household.ts';
import { emailOf, expect, nextMail, post, signIn, test, wedding } from '../testing/site.ts';

/** One event, that everybody is asked to. */
const makeDinner = () =>
	wedding().sql.query(
		`WITH dinner AS (
			INSERT INTO event (wedding_id, name, starts_at)
			SELECT id, '{"en": "Dinner", "nl": "Diner"}', '2066-06-12T16:00Z' FROM wedding
			WHERE NOT EXISTS (SELECT FROM event) RETURNING id, wedding_id
		)
		INSERT INTO invitation (event_id, guest_id, wedding_id)
		SELECT dinner.id, guest.id, dinner.wedding_id FROM dinner JOIN guest USING (wedding_id)`
	);

test.describe.serial('one dinner', () => {
	/** Counts what a thumb does from the mail's link on, until it says thank you. */
	async function countTaps(page: Page, link: string): Promise<number> {
		let taps = 1;
		const tap = async (name: string, role: 'button' | 'radio' = 'button', nth = 0) => {
			await page
				.locator('main')
				.getByRole(role, { name, exact: role === 'radio' })
				.nth(nth)
				.click();
			taps++;
		};
		await page.goto(link);
		await tap('');
		for (const guest of [0, 1]) await tap('Coming', 'radio', guest);
		await tap('Save our answer');
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('Thank you');
		return taps;
	}

	for (const [word, javaScriptEnabled] of [
		['mei', true],
		['daniel', false]
	] as const) {
		test(`two guests answer in six taps at most ${javaScriptEnabled ? 'with' : 'without'} scripts`, async ({
			page,
			browser
		}) => {
			await makeDinner();
			await signIn(page, emailOf('anna'));
			const { rows } = await wedding().sql.query('SELECT household_id AS id FROM guest WHERE email = $1', [
				emailOf(word)
			]);
			const { link } = await nextMail(emailOf(word), () =>
				post(page.request, `/couple/guests/${rows[0].id}?/invite`)
			);
			const context = await browser.newContext({ javaScriptEnabled, baseURL: wedding().origin });
			expect(await countTaps(await context.newPage(), link)).toBeLessThanOrEqual(6);
			await context.close();
		});
	}

	test('the couple invites a group and takes it back, without scripts', async ({ browser }) => {
		const context = await browser.newContext({ javaScriptEnabled: false, baseURL: wedding().origin });
		const page = await context.newPage();
		await signIn(page, emailOf('anna'));
		await open(page, 'Lucia & Paolo');
		await page.getByText('More about them').click();
		await page.getByLabel('Which groups').fill('Italians, Friends');
		await page.getByRole('button', { name: 'Save', exact: true }).click();
		await page.getByRole('navigation', { name: 'Groups' }).getByRole('link', { name: 'Italians' }).click();
		await expect(page.getByRole('list', { name: 'Guests' }).getByRole('listitem')).toHaveCount(1);
		await page.goto('/couple/events');
		await page.getByRole('link', { name: 'Dinner' }).click();
		await page.getByText('Invite everybody, or groups').click();
		await page.getByLabel('These groups').check();
		await page.getByLabel('Italians: 2 guests in one household').check();
		await page.getByRole('button', { name: 'Invite them' }).click();
		const count = page.getByText(/of \d+ guests are invited/);
		await expect(count).toHaveText(/^2 of/);
		await page.reload();
		await page.getByRole('button', { name: 'Undo it' }).click();
		await expect(count).not.toHaveText(/^2 of/);
		await expect(page.getByRole('button', { name: 'Undo it' })).toBeHidden();
		await context.close();
	});
});
