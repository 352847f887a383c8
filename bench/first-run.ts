/*
 * The first-run guide from an empty install to a sent invitation, in a browser: how long somebody takes who has never seen
 * it. What the site takes is measured; what a hand and a head take is the keystroke-level model (Card, Moran and Newell,
 * 1980): 0.28 s a letter, 1.1 s to point, 0.4 s to change from mouse to keys, 1.35 s to make up one's mind, and of a page
 * every fourth word is read (Nielsen, 2008), 200 a minute. MailerSend is a stand-in in this process.
 *
 *   node bench/first-run.ts
 */
import { join } from 'node:path';
import { chromium, type Locator } from '@playwright/test';
import { say } from './measure.ts';
import { root, run } from '../src/cli/tool.ts';
import { browser } from '../src/testing/browser.ts';
import { startMailerSend } from '../src/testing/mailersend.ts';
import { startDatabase, startSite } from '../src/testing/processes.ts';

const COUPLE = 'anna@example.org';
const LETTER = 0.28;
const POINT = 1.1;
const HAND = 0.4;
const MIND = 1.35;
const WORDS_A_SECOND = 200 / 60;

const provider = await startMailerSend();
const database = await startDatabase(async () => {});
const env = {
	...{ DATABASE_URL: database.url, MAIL_FROM: 'wedding@example.org' },
	...{ MAILERSEND_API_TOKEN: 'bench', MAILERSEND_BASE_URL: provider.url, DATA_KEY: 'ab'.repeat(32) }
};
const site = await startSite(env);
await run(join(root, 'src/cli/run.js'), ['couple', COUPLE, 'Anna & Ben'], {
	env: { ...process.env, ...env, ORIGIN: site.url, NODE_ENV: 'production' }
});
const chrome = await chromium.launch(await browser());
const page = await chrome.newPage({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' });

let person = 0;
let presses = 0;

/** Reads what is new on the page. */
async function read(): Promise<void> {
	await page.waitForLoadState();
	const words = await page.locator('main').innerText();
	person += words.split(/\s+/).length / 4 / WORDS_A_SECOND;
}

async function press(what: Locator): Promise<void> {
	person += MIND + POINT;
	presses++;
	await what.click();
}

async function write(field: Locator, text: string): Promise<void> {
	person += POINT + HAND + text.length * LETTER;
	await field.fill(text);
}

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
const link = (name: string | RegExp) => page.getByRole('link', { name });

/** The step that stands out on the overview, or below the one that was just done. */
async function goOn(): Promise<void> {
	await read();
	await press(link(/^(Next step|Do this now)/).first());
}

const began = performance.now();
try {
	await page.goto(`${site.url}/login`);
	await write(page.locator('form[action="/auth/send-link"] [name="email"]'), COUPLE);
	await press(page.locator('form[action="/auth/send-link"] button'));
	while (provider.received.length === 0) await page.waitForTimeout(50);
	await page.goto(/https?:\S+\/auth\/verify\/[\w-]{43}/.exec(provider.received[0]!.text)![0]);
	await press(page.locator('main form button').first());
	await page.waitForURL('**/couple');

	await goOn();
	await write(page.getByLabel('The day'), '2027-06-12');
	await write(page.getByLabel('The place'), 'Janskerk, Utrecht');
	await press(button('Save'));
	await page.getByText('Saved.').waitFor();

	await goOn();
	await write(page.getByLabel('Name in English'), 'Ceremony');
	await write(page.getByLabel('Begins'), '2027-06-12T14:00');
	await press(button('Save'));
	await page.waitForURL('**/couple/events?**');

	await goOn();
	await press(link('Import a spreadsheet').first());
	const rows = Array.from(
		{ length: 60 },
		(_, n) => `Household ${n >> 1}\tGuest ${n}\tguest-${n}@example.org`
	);
	// copied and pasted, not typed
	await page.getByLabel('Copied cells').fill(['Household\tName\tEmail', ...rows].join('\n'));
	person += 3 * (POINT + MIND);
	await press(button('Show what would change').last());
	await read();
	await press(button('Import'));
	await page.getByText('The list has been imported.').waitFor();

	await goOn();
	// the last day for answers
	await write(page.getByLabel('Yes and no until'), '2027-05-01T23:59');
	await press(button('Save the dates'));
	await goOn();

	// no picture for now
	await press(link('Overview').first());
	await press(link('Write the invitation').first());
	await press(button('Write your own invitation'));
	await page.waitForURL(/messages\/[\da-f-]{36}/);
	await read();
	await press(button('Save'));
	await page.getByText('Saved.').waitFor();

	await goOn();
	await press(button('Send this to me as a test'));
	await page.getByText('On its way to').waitFor();
	await goOn();
	await read();
	await press(button(/^Send \d+ emails now/));
	while (provider.received.length < 60) await page.waitForTimeout(100);
	const seconds = (performance.now() - began) / 1000 + person;
	say({
		bench: 'from an empty install to a sent invitation',
		ours: seconds,
		unit: 's',
		atMost: 600,
		presses
	});
} finally {
	await chrome.close();
	await site.stop();
	await database.stop();
	await provider.stop();
}
