/*
 * Every page of the demo wedding as a picture, to be looked at: on a phone, a tablet and a desktop, in light and dark, in
 * the language with the longest words, in each theme. Of a site that runs on this machine: npm start, and then
 *
 *   node bench/screenshots.ts http://localhost:3000 screenshots
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { browser } from '../src/testing/browser.ts';
import { PAGES } from '../src/testing/pages.ts';
import { PEOPLE, signIn } from './demo.ts';
import { say } from './measure.ts';

const [origin = 'http://localhost:3000', folder = 'screenshots'] = process.argv.slice(2);

const WIDTHS = [375, 768, 1280];
const SCHEMES = ['light', 'dark'] as const;
const LANGUAGE = 'de';

/** A page's name in src/testing/pages.ts stands for the first of its list here: the tests’ own lists are theirs. */
const LISTS: Record<string, string> = {
	...{ recording: '/recordings', household: '/couple/guests', managed: '/couple/recordings' },
	...{ event: '/couple/events', question: '/couple/events/questions', block: '/couple/page' },
	...{ message: '/couple/messages', run: '/couple/messages/runs' }
};

async function addressOf(page: Page, path: string): Promise<string | undefined> {
	const [name = '', more = ''] = path.split('/');
	const list = LISTS[name];
	if (!list) return path;
	await page.goto(origin + list);
	const links = page.locator(`main a[href^="${list}/"]:not([href$="/new"])`);
	if (!(await links.count())) return undefined;
	const own = await links.first().getAttribute('href');
	return more ? `${own}/${more}` : own!;
}

const chrome = await chromium.launch(await browser());
mkdirSync(folder, { recursive: true });
let count = 0;
for (const who of ['stranger', 'guest', 'couple'] as const) {
	const context = await chrome.newContext({ locale: LANGUAGE, serviceWorkers: 'block' });
	if (who !== 'stranger') await signIn(context, origin, PEOPLE[who]);
	const form = { language: LANGUAGE };
	await context.request.post(`${origin}/language`, { form, headers: { origin }, maxRedirects: 0 });
	const page = await context.newPage();
	for (const path of PAGES[who]) {
		const address = await addressOf(page, path);
		if (!address) continue;
		const name = `${who}-${path.replace(/\W+/g, '-').replace(/^-|-$/g, '') || 'home'}`;
		for (const colorScheme of SCHEMES)
			for (const width of WIDTHS) {
				await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
				await page.setViewportSize({ width, height: 812 });
				// not for all of a recording
				await page.goto(origin + address, { waitUntil: 'domcontentloaded' });
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
	await context.close();
}
await chrome.close();
say({ bench: 'screenshots', count, folder });
