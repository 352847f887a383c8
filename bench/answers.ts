/*
 * The couple's table of answers: 2,000 guests in 800 households, 4 events. How long the server takes for the page, how
 * large it is when nginx has compressed it, and how long a letter takes that is typed into its search. Prints one JSON
 * line per target.
 *
 *   node bench/answers.ts
 */
import { gzipSync } from 'node:zlib';
import { chromium } from '@playwright/test';
import { browser } from '../src/testing/browser.ts';
import { spent, startDatabase, startSite } from '../src/testing/processes.ts';
import { fillAnswered } from './answered.ts';
import { median, say } from './measure.ts';
import { signInCouple } from './wedding.ts';

const SECRET = 'anna';
const database = await startDatabase(async (client) => {
	await fillAnswered(client);
	await signInCouple(client, SECRET);
});
const site = await startSite({ DATABASE_URL: database.url });
const url = `${site.url}/couple/answers`;

async function ask(): Promise<{ ms: number; html: string }> {
	const began = performance.now();
	const response = await fetch(url, { headers: { cookie: `session=${SECRET}` } });
	const html = await response.text();
	if (!response.ok) throw new Error(`answered ${response.status}`);
	return { ms: performance.now() - began, html };
}

try {
	const asked = [];
	for (let n = 0; n < 10; n++) await ask();
	const before = spent(site.pid);
	for (let n = 0; n < 25; n++) asked.push(await ask());
	const processor = ((spent(site.pid) - before) / 25) * 1000;
	const { html } = asked.at(-1)!;
	say({
		...{ bench: 'the table of 2,000 guests, on the server', ours: median(asked, ({ ms }) => ms) },
		...{ processor, unit: 'ms', atMost: 150 }
	});
	const kB = gzipSync(html, { level: 5 }).length / 1000;
	say({ bench: 'the same, compressed', ours: kB, plain: html.length / 1000, unit: 'kB', atMost: 250 });

	const opened = await chromium.launch(await browser());
	const page = await opened.newPage();
	await page.context().addCookies([{ name: 'session', value: SECRET, url: site.url }]);
	await page.goto(url);
	const typed = await page.evaluate(async () => {
		const field = document.querySelector<HTMLInputElement>('[name=q]')!;
		const rows = () => document.querySelectorAll('#guests tbody tr:not([hidden])').length;
		const type = async (value: string) => {
			const began = performance.now();
			field.value = value;
			field.dispatchEvent(new Event('input', { bubbles: true }));
			// laid out and painted, as a hand that types sees it
			await new Promise((seen) => requestAnimationFrame(() => setTimeout(seen)));
			return { ms: performance.now() - began, rows: rows() };
		};
		// until the script is there
		for (let n = 0; rows() > 0; n++) if ((await type(`nobody ${n}`), n > 2000)) throw new Error('no script');
		const found = [];
		for (const words of ['', 'b', 'be', 'bee', 'be', 'b', '', 'family', '']) found.push(await type(words));
		return found;
	});
	say({
		...{ bench: 'typing a letter filters', ours: median(typed, ({ ms }) => ms), unit: 'ms', atMost: 100 },
		...{ slowest: Math.max(...typed.map(({ ms }) => ms)), rows: typed.map(({ rows }) => rows).join(' ') }
	});
	await opened.close();
} finally {
	await site.stop();
	await database.stop();
}
