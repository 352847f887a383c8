/*
 * From a tap on play to sound, in the list and on a recording's page, next to a bare audio element with the same
 * address. Chromium on loopback, each time with nothing cached.
 *
 *   node bench/play.ts
 */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { browser } from '../src/testing/browser.ts';
import { connect, startDatabase, startSite } from '../src/testing/processes.ts';
import { inTurn, median, say } from './measure.ts';
import { fill, signIn } from './wedding.ts';

const SECRET = 'somebody';
const uploads = mkdtempSync(join(tmpdir(), 'vowtape-play-'));
const database = await startDatabase(async (client) => {
	await fill(client);
	await signIn(client, [SECRET]);
});
const client = await connect(database.url);
const { rows } = await client.query<{ id: string }>('SELECT id FROM recording ORDER BY position LIMIT 1');
const { id } = rows[0]!;
mkdirSync(join(uploads, id));
copyFileSync('src/testing/sounds/toast-cbr.mp3', join(uploads, id, 'original.mp3'));
const site = await startSite({ DATABASE_URL: database.url, UPLOADS_DIR: uploads });
const chrome = await chromium.launch(await browser());

/** Presses what the selector finds, or plays an element of its own, and waits until its time runs. */
const timed = (page: Page, press: string | null) =>
	page.evaluate(
		async ([press, src]) => {
			const start = performance.now();
			if (press) document.querySelector<HTMLElement>(press)!.click();
			else {
				const bare = document.body.appendChild(new Audio(src!));
				void bare.play();
			}
			const plays = () => [...document.querySelectorAll('audio')].some((sound) => sound.currentTime > 0);
			while (!plays()) await new Promise((wake) => setTimeout(wake, 1));
			return performance.now() - start;
		},
		[press, `/recordings/${id}/audio`]
	);

async function tap(path: string, press: string | null): Promise<number> {
	const context = await chrome.newContext();
	await context.addCookies([{ name: 'session', value: SECRET, url: site.url }]);
	const page = await context.newPage();
	await page.goto(site.url + path);
	await page
		.locator(press ?? '.play button')
		.first()
		.waitFor();
	const milliseconds = await timed(page, press);
	await context.close();
	return milliseconds;
}

try {
	const { list, page, bare } = await inTurn({
		list: () => tap('/recordings', '.play button'),
		page: () => tap(`/recordings/${id}`, '.player button'),
		bare: () => tap('/recordings', null)
	});
	const middle = (all: number[]) => median(all, (one) => one);
	for (const [name, all] of Object.entries({ list, page }))
		say({ bench: `play on the ${name}`, ours: middle(all), bare: middle(bare), unit: 'ms', atMost: 150 });
} finally {
	await chrome.close();
	await client.end();
	await site.stop();
	await database.stop();
	rmSync(uploads, { recursive: true });
}
