/*
 * Every page of the demo wedding as a picture, to be looked at: on a phone, a tablet and a desktop, in light and dark, in
 * the language with the longest words, in two themes. Of a site that runs on this machine: npm start, and then
 *
 *   node bench/screenshots.ts http://localhost:3000 screenshots deco paper
 *
 * The wedding wears the last of them afterwards.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { browser } from '../src/testing/browser.ts';
import { PAGES } from '../src/testing/pages.ts';
import { PEOPLE, signIn } from './demo.ts';
import { say } from './measure.ts';

const [origin = 'http://localhost:3000', folder = 'screenshots', ...asked] = process.argv.slice(2);
const themes = asked.length > 0 ? asked : ['deco', 'paper'];

const WIDTHS = [375, 768, 1280];
const SCHEMES = ['light', 'dark'] as const;
const LANGUAGE = 'de';

/** A page's name in src/testing/pages.ts stands for the first of its list here: the tests’ own lists are theirs. */
const LISTS: Record<string, string> = {
	...{ recording: '/recordings', household: '/couple/guests', managed: '/couple/recordings' },
	...{ event: '/couple/events', question: '/couple/events/questions', block: '/couple/page' },
	...{ message: '/couple/messages', run: '/couple/messages/runs' },
	...{ gift: '/couple/gifts', plan: '/couple/tables' }
};

/** Where this page is in the demo wedding, unless it has none of its kind. */
async function addressOf(page: Page, path: string): Promise<string | undefined> {
	if (path === 'table') return firstOf(page, (await addressOf(page, 'plan'))!);
	const [name = '', more = ''] = path.split('/');
	const list = LISTS[name];
	if (!list) return path.startsWith('/') ? path : undefined;
	const own = await firstOf(page, list);
	return own && more ? `${own}/${more}` : own;
}

async function firstOf(page: Page, list: string): Promise<string | undefined> {
	await page.goto(origin + list);
	const hrefs = await page
		.locator(`main a[href^="${list}/"]`)
		.evaluateAll((links) => links.map((link) => link.getAttribute('href')!));
	return hrefs.find((href) => /^[\da-f-]{36}$/.test(href.slice(list.length + 1)));
}

/** In every width and scheme, from one visit. */
async function shoot(page: Page, name: string): Promise<void> {
	for (const colorScheme of SCHEMES)
		for (const width of WIDTHS) {
			await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
			await page.setViewportSize({ width, height: 812 });
			await page.evaluate(() =>
				Promise.all([
					document.fonts.ready,
					...[...document.images].map((image) => image.decode().catch(() => {}))
				])
			);
			await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`), fullPage: true });
			count++;
		}
}

async function send(context: BrowserContext, path: string, form: Record<string, string>): Promise<void> {
	await context.request.post(origin + path, { form, headers: { origin }, maxRedirects: 0 });
}

const chrome = await chromium.launch(await browser());
const contexts = new Map<keyof typeof PAGES, BrowserContext>();
for (const who of ['stranger', 'guest', 'couple'] as const) {
	const context = await chrome.newContext({ locale: LANGUAGE, serviceWorkers: 'block' });
	if (who !== 'stranger') await signIn(context, origin, PEOPLE[who]);
	await send(context, '/language', { language: LANGUAGE });
	contexts.set(who, context);
}
mkdirSync(folder, { recursive: true });
let count = 0;
for (const theme of themes) {
	await send(contexts.get('couple')!, '/couple/settings/look', { theme });
	for (const [who, context] of contexts) {
		const page = await context.newPage();
		for (const path of PAGES[who]) {
			const address = await addressOf(page, path);
			if (!address) continue;
			// not for all of a recording
			await page.goto(origin + address, { waitUntil: 'domcontentloaded' });
			const name = path.replace(/\W+/g, '-').replace(/^-|-$/g, '') || 'home';
			await shoot(page, `${theme}-${who}-${name}`);
		}
		await page.close();
	}
}
await chrome.close();
say({ bench: 'screenshots', count, folder });
