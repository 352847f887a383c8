/*
 * The phone at the entrance, with 2,000 guests: from a card's code to its answer without network, on a processor four
 * times slower; what it loads before it is ready, without the reader of codes; and 3,000 arrivals that four phones bring
 * at once. Prints one JSON line per target.
 *
 *   node bench/door.ts
 */
import { gzipSync } from 'node:zlib';
import { chromium, type Page } from '@playwright/test';
import { browser } from '../src/testing/browser.ts';
import { connect, startDatabase, startSite } from '../src/testing/processes.ts';
import { countInside, type Arrival } from '../src/lib/door/arrival.ts';
import { fillAnswered } from './answered.ts';
import { median, say } from './measure.ts';
import { digest } from './wedding.ts';

const PHONES = ['front', 'back', 'garden', 'tent'];
const ARRIVALS = 3000;
const CODES = 20;

const database = await startDatabase(async (client) => {
	await fillAnswered(client);
	// as real ones, which have neither 0 nor 1
	await client.query(`UPDATE household SET code = translate(code, '01', 'XY')`);
	await client.query(
		`WITH made AS (
			INSERT INTO phone (wedding_id, name, token_hash, expires_at)
			SELECT id, encode(hash, 'hex'), hash, now() + interval '1 day' FROM wedding, unnest($1::bytea[]) AS hash
			RETURNING id, wedding_id, token_hash
		)
		INSERT INTO session (wedding_id, phone_id, secret_hash, expires_at)
		SELECT wedding_id, id, token_hash, now() + interval '1 day' FROM made`,
		[PHONES.map(digest)]
	);
	await client.query(
		`WITH plan AS (
			INSERT INTO plan (wedding_id, event_id, name, is_chosen, width, height)
			SELECT wedding_id, id, 'The barn', true, 9000, 9000 FROM event ORDER BY starts_at LIMIT 1
			RETURNING id, wedding_id, event_id
		), made AS (
			INSERT INTO seating_table (wedding_id, plan_id, number, shape, seats, x, y)
			SELECT wedding_id, id, n, 'round', 10, 0, 0 FROM plan, generate_series(0, 199) n RETURNING id, plan_id, number
		)
		INSERT INTO seat (plan_id, guest_id, wedding_id, event_id, table_id, number)
		SELECT plan.id, g.id, plan.wedding_id, plan.event_id, made.id, 1 + g.n / 200
		FROM plan, made, (SELECT id, row_number() OVER (ORDER BY id) - 1 AS n FROM guest) g WHERE made.number = g.n % 200`
	);
});
const site = await startSite({ DATABASE_URL: database.url });
const client = await connect(database.url);

/** Compressed as nginx does it; Chromium tells the length of files that the site has compressed itself. */
async function weigh(page: Page): Promise<{ files: number; list: number }> {
	const files = await page.evaluate(() =>
		[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
			.map((entry) => entry as PerformanceResourceTiming)
			.filter(({ name }) => !/\.wasm|\/door\/(list|arrivals)$/.test(name))
			.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)
	);
	const list = await page.evaluate(async () => (await fetch('/door/list')).text());
	return { files: files / 1000, list: gzipSync(list, { level: 1 }).length / 1000 };
}

/** From the press of Enter until the household stands there. */
function answer(page: Page, code: string): Promise<number> {
	return page.evaluate(async (code) => {
		const field = document.querySelector<HTMLInputElement>('input[name=q]')!;
		const before = document.querySelector('#page section h2');
		field.value = code;
		field.dispatchEvent(new Event('input', { bubbles: true }));
		const began = performance.now();
		field.form!.requestSubmit();
		for (;;) {
			await new Promise(requestAnimationFrame);
			const now = document.querySelector('#page section h2');
			if (now && (now !== before || document.activeElement === now)) break;
		}
		await new Promise(requestAnimationFrame);
		return performance.now() - began;
	}, code);
}

async function measurePhone() {
	const options = await browser();
	const chrome = await chromium.launch(options);
	const context = await chrome.newContext({ baseURL: site.url, serviceWorkers: 'block' });
	await context.addCookies([{ name: 'session', value: 'front', url: site.url }]);
	const page = await context.newPage();
	const started = performance.now();
	await page.goto('/door');
	await page.locator('input[name=q]').waitFor();
	const ready = performance.now() - started;
	const { files, list } = await weigh(page);
	say({ bench: 'the door, first load without the list', ours: files, unit: 'kB' });
	say({ bench: 'the list of 2,000 guests, compressed', ours: list, unit: 'kB' });
	say({ bench: 'the door, first load', ours: files + list, unit: 'kB', atMost: 400, readyMs: ready });

	await context.setOffline(true);
	const session = await context.newCDPSession(page);
	await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
	const { rows } = await client.query('SELECT code FROM household ORDER BY id LIMIT $1', [CODES]);
	const codes = rows.map(({ code }) => code as string);
	const times: number[] = [];
	for (let n = 0; n < CODES; n++) {
		times.push(await answer(page, codes[n]!));
		await page.getByRole('button', { name: 'All guests' }).click();
	}
	say({
		...{ bench: 'a code without network, processor four times slower', ours: median(times, (ms) => ms) },
		...{ slowest: Math.max(...times), unit: 'ms', atMost: 300 }
	});
	await chrome.close();
}

async function post(phone: string, after: string, arrivals: object[]) {
	const body = JSON.stringify({ now: Date.now(), after, arrivals });
	const headers = { cookie: `session=${phone}`, origin: site.url, 'content-type': 'application/json' };
	const response = await fetch(`${site.url}/door/arrivals`, { method: 'POST', headers, body });
	if (!response.ok) throw new Error(`answered ${response.status}`);
	return (await response.json()) as { arrivals: Arrival[]; after: string };
}

/** All of them noted the same guests without network, in part, and come back in the same moment. */
async function measureMerge() {
	const { rows: guests } = await client.query(`SELECT id FROM guest ORDER BY id`);
	const { rows: events } = await client.query(`SELECT id FROM event ORDER BY starts_at LIMIT 1`);
	const noted = (n: number) => ({
		...{ id: crypto.randomUUID(), eventId: events[0].id, kind: 'in', guestId: guests[n % guests.length].id },
		...{ walkInId: null, walkInName: '', undoesId: null, at: Date.now() - n * 1000 }
	});
	const each = ARRIVALS / PHONES.length;
	const began = performance.now();
	await Promise.all(
		PHONES.map((phone, place) =>
			post(
				phone,
				'0',
				Array.from({ length: each }, (_, n) => noted(place * 500 + n))
			)
		)
	);
	const lists = await Promise.all(PHONES.map((phone) => post(phone, '0', [])));
	const counts = new Set(lists.map(({ arrivals }) => countInside(arrivals, events[0].id)));
	const ms = performance.now() - began;
	if (counts.size !== 1) throw new Error('the phones do not agree');
	say({
		...{ bench: `${ARRIVALS} arrivals of four phones, and all know all`, ours: ms, unit: 'ms', atMost: 1000 },
		inside: [...counts][0]
	});
}

try {
	await measurePhone();
	await measureMerge();
} finally {
	await client.end();
	await site.stop();
	await database.stop();
}
