import type { Locator } from '@playwright/test';
import { fillGuest, fillNew, mark, save } from '../testing/household.ts';
import { emailOf, expect, signIn, test } from '../testing/site.ts';

const AMIT = 'עמית כהן';

/** Where these words begin and end on the line, in pixels from the left. */
function extent(element: Locator, words: string): Promise<{ left: number; right: number }> {
	return element.evaluate((node, words) => {
		const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
		for (let text = walker.nextNode(); text; text = walker.nextNode()) {
			const at = text.textContent!.indexOf(words);
			if (at < 0) continue;
			const range = document.createRange();
			range.setStart(text, at);
			range.setEnd(text, at + words.length);
			const { left, right } = range.getBoundingClientRect();
			return { left, right };
		}
		throw new Error(`no ${words} here`);
	}, words);
}

test('a name that is read from right to left turns nothing around beside it', async ({ page }) => {
	await signIn(page, emailOf('anna'));
	const name = `משפחת כהן ${mark()}`;
	await fillNew(page, name);
	await fillGuest(page, 0, AMIT);
	await fillGuest(page, 1, '12 Bell Ringers');
	await save(page).click();

	await expect(page.getByText(`Saved \u2068${name}\u2069.`)).toBeVisible();
	await page.getByLabel('Find a guest').fill(name);
	await page.getByRole('button', { name: 'Find' }).click();
	const row = page.getByRole('list', { name: 'Guests' }).getByRole('listitem');
	await expect(row).toHaveCount(1);
	const [amit, number] = [await extent(row, AMIT), await extent(row, '12')];
	expect(number.left).toBeGreaterThan(amit.right);

	await row.getByRole('link').click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
	await expect(page.locator('h1 bdi')).toHaveText(name);
	const sentence = page.getByText('Anyone with this code or this link');
	await expect(sentence).toContainText(`gets in as \u2068${name}\u2069, even`);
	await page.goto('/couple/guests?q=עמית');
	await expect(row).toHaveCount(1);
});
