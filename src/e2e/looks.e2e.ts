import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { accentOf, type Look, THEMES } from '../lib/looks/look.ts';
import { findings } from '../testing/axe.ts';
import { as } from '../testing/pages.ts';
import { askLink, emailOf, expect, signIn, test, untilRouted } from '../testing/site.ts';
import { mailbox } from '../testing/wedding.ts';

async function visit(browser: Browser, who: string, javaScriptEnabled = true): Promise<Page> {
	const page = await (await browser.newContext({ javaScriptEnabled })).newPage();
	await signIn(page, emailOf(who));
	return page;
}

/** The mails to this address, as a mail program shows them. */
const htmlTo = (address: string) =>
	readdirSync(mailbox())
		.filter((name) => name.endsWith('.txt') && !name.startsWith('.'))
		.filter((name) => readFileSync(join(mailbox(), name), 'utf8').includes(`<${address}>`))
		.map((name) => readFileSync(join(mailbox(), name.replace(/txt$/, 'html')), 'utf8'));

/** As a browser says it. */
const rgb = (hex: string) => `rgb(${[1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)).join(', ')})`;

async function expectLook(page: Page, look: Look, face: RegExp): Promise<void> {
	await expect(page.locator('html')).toHaveAttribute('data-look', look.theme);
	const heading = page.getByRole('heading', { level: 1 });
	await expect(heading).toHaveCSS('font-family', face);
	await expect(heading.locator('.and')).toHaveCSS('color', rgb(accentOf(look).light));
}

test('a theme and a colour are chosen without scripts and with them; pages and mails wear them', async ({
	browser,
	page
}) => {
	const [couple, guest] = [await visit(browser, 'anna', false), await visit(browser, 'daniel')];
	await couple.goto('/couple/settings');
	await couple.getByRole('link', { name: 'How your pages look' }).click();
	await couple.getByRole('radio', { name: 'Art deco' }).check();
	await couple.getByRole('radio', { name: 'Another one' }).check();
	await couple.getByLabel('Which colour?').fill('#ffff00');
	await couple.getByRole('button', { name: 'Save' }).click();
	await expect(couple.getByText('Saved.')).toBeVisible();
	await expect(couple.getByText('a good deal darker')).toBeVisible();
	await guest.goto('/');
	await expectLook(guest, { theme: 'deco', accent: '#ffff00' }, /Poiret One/);

	await signIn(page, emailOf('anna'));
	await page.goto('/couple/settings/look');
	await untilRouted(page);
	await expect(page.locator('html')).not.toHaveAttribute('data-look');
	const preview = page.frameLocator('.phone iframe').locator('html');
	await expect(preview).toHaveAttribute('data-look', 'deco');
	await page.getByRole('radio', { name: 'Art deco' }).focus();
	await page.keyboard.press('ArrowRight');
	await expect(preview).toHaveAttribute('data-look', 'calligraphy');
	await page.getByLabel('Which colour?').fill('#ffffff');
	await page.getByRole('button', { name: 'Save' }).click();
	await expect(page.getByText('too pale to be read')).toBeVisible();
	await page.getByRole('radio', { name: 'Plum' }).check();
	await page.getByRole('button', { name: 'Save' }).click();
	await expect(page.getByText('Saved.')).toBeVisible();

	const look = { theme: 'calligraphy', accent: '#6b3d6e' } as const;
	const before = htmlTo(emailOf('daniel')).length;
	await askLink(guest.request, emailOf('daniel'));
	const all = htmlTo(emailOf('daniel'));
	expect(all.length).toBe(before + 1);
	expect(all.filter((html) => html.includes(`background:${look.accent}`)).length).toBe(1);
	await guest.goto('/');
	await expectLook(guest, look, /Pinyon Script/);
	const stranger = await browser.newPage();
	await stranger.goto('/login');
	await expectLook(stranger, look, /Pinyon Script/);
});

for (const path of ['/', '/rsvp', '/login']) {
	test(`every theme can be read in the light and in the dark: ${path}`, async ({ browser }) => {
		const page = await as(browser, path === '/login' ? 'stranger' : 'guest');
		await page.goto(path);
		for (const colorScheme of ['light', 'dark'] as const) {
			for (const theme of THEMES.slice(1)) {
				await page.evaluate((theme) => (document.documentElement.dataset.look = theme), theme);
				const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
				expect(overflow, theme).toBeLessThanOrEqual(0);
				expect(await findings(page, { colorScheme, rules: ['color-contrast'] }), theme).toEqual([]);
			}
		}
	});
}
