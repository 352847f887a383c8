/*
 * The couple's pages with 2,000 guests in 800 households: how long the browser takes to answer what is pressed and
 * typed, to the picture that shows it (Event Timing, as "interaction to next paint" is counted). On each page what is
 * there to fold, tick, press and type into is used as a hand does it. Prints one JSON line a page, the slowest of it.
 *
 *   node bench/interact.ts
 */
import { chromium, type Locator, type Page } from '@playwright/test';
import { browser } from '../src/testing/browser.ts';
import { startDatabase, startSite } from '../src/testing/processes.ts';
import { fillAnswered } from './answered.ts';
import { say } from './measure.ts';
import { signInCouple } from './wedding.ts';

const SECRET = 'anna';
const LISTS = ['guests', 'answers', 'groups', 'cards', 'reminders', 'door', 'events', 'messages/new'];
/** What is pressed may change; nothing that sends a form or leaves the page. */
const PRESSED = ['summary', 'input[type=checkbox]', 'input[type=radio]', 'button[type=button]'];
const MOST_OF_A_KIND = 4;

const database = await startDatabase(async (client) => {
	await fillAnswered(client);
	await signInCouple(client, SECRET);
});
const site = await startSite({ DATABASE_URL: database.url });

function watch() {
	const slowest = { ms: 0, count: 0, on: '' };
	Object.assign(window, { slowest });
	new PerformanceObserver((list) => {
		for (const { interactionId, target, name, duration } of list.getEntries() as PerformanceEventTiming[]) {
			if (!interactionId) continue;
			slowest.count++;
			const on = `${name} ${target instanceof Element ? target.localName : ''}`;
			if (duration > slowest.ms) Object.assign(slowest, { ms: duration, on });
		}
		// what TypeScript does not know yet: in ms, the least that is told
	}).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
	// what changes nothing would wait for the next picture, however long nobody needs one
	addEventListener('DOMContentLoaded', () => {
		const dot = document.body.appendChild(document.createElement('i'));
		dot.style.cssText = 'position: fixed; width: 1px; height: 1px; contain: strict';
		const paint = (ms: number) => {
			dot.style.background = Math.floor(ms / 16) % 2 ? 'red' : 'green';
			requestAnimationFrame(paint);
		};
		paint(0);
	});
}

/** The first that are shown; Playwright's `:visible` would lay out all that a long list leaves out. */
async function shown(page: Page, kind: string): Promise<Locator[]> {
	const found = [];
	for (const one of (await page.locator(`main ${kind}`).all()).slice(0, 4 * MOST_OF_A_KIND))
		if (await one.isVisible()) found.push(one);
	return found.slice(0, MOST_OF_A_KIND);
}

async function use(page: Page): Promise<void> {
	for (const kind of PRESSED)
		for (const one of await shown(page, kind)) {
			// one that was folded away meanwhile is passed over
			await one.click({ timeout: 1000 }).catch(() => {});
			await page.keyboard.press('Escape');
		}
	for (const field of await shown(page, 'input:is([type=search], [type=text])')) {
		await field.focus({ timeout: 1000 }).catch(() => {});
		await page.keyboard.type('fam b', { delay: 60 });
	}
	await page.keyboard.press('Control+k');
	await page.keyboard.type('family 7', { delay: 60 });
	await page.waitForTimeout(300);
	await page.keyboard.press('Escape');
}

const chrome = await chromium.launch(await browser());
try {
	const page = await chrome.newPage();
	await page.addInitScript(watch);
	await page.context().addCookies([{ name: 'session', value: SECRET, url: site.url }]);
	for (const list of LISTS) {
		await page.goto(`${site.url}/couple/${list}`, { waitUntil: 'networkidle' });
		await use(page);
		const { ms, count, on } = await page.evaluate(() => Reflect.get(window, 'slowest'));
		say({ bench: `with 2,000 guests: /couple/${list}`, ours: ms, unit: 'ms', atMost: 100, count, on });
	}
} finally {
	await chrome.close();
	await site.stop();
	await database.stop();
}
