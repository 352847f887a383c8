/*
 * 2,000 guests at 250 tables on one page: how long a frame takes while a guest is dragged over the room, and how long it
 * takes until the other of the couple sees where they were put. Prints one JSON line per target.
 *
 *   node bench/drag.ts
 */
import { chromium, type Page } from '@playwright/test';
import type pg from 'pg';
import { browser } from '../src/testing/browser.ts';
import { connect, startDatabase, startSite } from '../src/testing/processes.ts';
import { fillAnswered } from './answered.ts';
import { median, ROUNDS, say } from './measure.ts';
import { signInCouple } from './wedding.ts';

const SECRET = 'anna';
const STANDING = 50;

/** All but a few sit, at round tables of eight. */
async function fill(client: pg.Client): Promise<void> {
	await fillAnswered(client);
	await signInCouple(client, SECRET);
	await client.query(
		`WITH dinner AS (SELECT id, wedding_id FROM event WHERE name ->> 'en' = 'Dinner'), plan AS (
			INSERT INTO plan (wedding_id, event_id, name, is_chosen, width, height)
			SELECT wedding_id, id, 'Hall', true, 6000, 6000 FROM dinner RETURNING id, wedding_id, event_id
		), made AS (
			INSERT INTO seating_table (wedding_id, plan_id, number, shape, seats, x, y)
			SELECT wedding_id, id, n + 1, 'round', 8, 200 + 370 * (n % 16), 200 + 370 * (n / 16)
			FROM plan, generate_series(0, 249) n RETURNING id, number
		), come AS (
			SELECT guest_id, row_number() OVER (ORDER BY guest_id) - 1 AS n FROM invitation i JOIN dinner ON dinner.id = i.event_id
			WHERE NOT EXISTS (SELECT FROM reply r WHERE r.event_id = i.event_id AND r.guest_id = i.guest_id AND state = 'no')
		)
		INSERT INTO seat (plan_id, guest_id, wedding_id, event_id, table_id, number)
		SELECT plan.id, guest_id, plan.wedding_id, event_id, made.id, n % 8 + 1
		FROM plan, come JOIN made ON made.number = n / 8 + 1 WHERE n < (SELECT count(*) FROM come) - ${STANDING}`
	);
	await client.query(`DELETE FROM reply WHERE state = 'no' AND event_id = (SELECT event_id FROM plan)`);
}

const database = await startDatabase(fill);
const site = await startSite({ DATABASE_URL: database.url });
const client = await connect(database.url);
const chrome = await chromium.launch(await browser());

async function open(address: string): Promise<Page> {
	const context = await chrome.newContext({ baseURL: site.url, viewport: { width: 1280, height: 900 } });
	await context.addCookies([{ name: 'session', value: SECRET, url: site.url }]);
	const page = await context.newPage();
	await page.goto(address, { waitUntil: 'load' });
	await page.locator('[data-handle]').first().waitFor();
	return page;
}

/** Takes the first who stands over the room, for as long as a person does: how long each frame took. */
async function drag(page: Page): Promise<number[]> {
	const row = page.locator('[data-list] [data-guest]').first();
	await row.scrollIntoViewIfNeeded();
	const [from, room] = [await row.boundingBox(), await page.locator('[data-scrolls]').boundingBox()];
	await page.mouse.move(from!.x + 60, from!.y + from!.height / 2);
	await page.mouse.down();
	await page.evaluate(() => {
		const frames: number[] = [];
		let last = performance.now();
		const count = (time: number) => {
			frames.push(time - last);
			last = time;
			if (frames.length < 600) requestAnimationFrame(count);
		};
		requestAnimationFrame(count);
		Object.assign(window, { frames });
	});
	for (let n = 0; n < 120; n++) {
		const [across, down] = [0.3 + 0.4 * Math.abs(Math.sin(n / 20)), 0.3 + 0.4 * Math.abs(Math.cos(n / 13))];
		await page.mouse.move(room!.x + room!.width * across, room!.y + Math.min(room!.height, 700) * down);
	}
	const frames = await page.evaluate(() => (window as unknown as { frames: number[] }).frames.slice(2));
	await page.keyboard.press('Escape');
	await page.mouse.up();
	return frames;
}

try {
	const { rows } = await client.query('SELECT id FROM plan');
	const address = `/couple/tables/${rows[0].id}`;
	const began = performance.now();
	const [page, other] = [await open(address), await open(address)];
	say({
		bench: 'two pages of 2,000 seats until they can be used',
		ours: performance.now() - began,
		unit: 'ms'
	});
	const frames = await drag(page);
	const sorted = frames.toSorted((a, b) => a - b);
	say({
		...{ bench: 'a frame while a guest is dragged', ours: median(frames, Number), unit: 'ms', atMost: 17 },
		...{ frames: frames.length, slowestOf100: sorted[Math.floor(sorted.length * 0.99)] }
	});

	const took: number[] = [];
	for (let n = 0; n < ROUNDS; n++) {
		const heading = other.locator('#standing h2');
		const before = await heading.textContent();
		const seen = other.evaluate(
			(before) =>
				new Promise<number>((resolve) => {
					const look = () => {
						if (document.querySelector('#standing h2')!.textContent !== before) resolve(Date.now());
						else requestAnimationFrame(look);
					};
					look();
				}),
			before
		);
		seen.catch(() => {});
		await page.locator('[data-list] [type=checkbox]').first().check();
		const free = page.locator('select[name=tableId] option').last();
		await page.locator('select[name=tableId]').selectOption((await free.getAttribute('value'))!);
		const at = await page.evaluate(() => {
			document.querySelector<HTMLFormElement>('form[action="?/seat"]')!.requestSubmit();
			return Date.now();
		});
		took.push((await seen) - at);
		// the next one is taken from the list as it is then
		await page.locator('#standing h2', { hasText: (await heading.textContent())! }).waitFor();
	}
	say({
		...{ bench: 'a move is seen on the other screen', ours: median(took, Number), unit: 'ms', atMost: 500 },
		slowest: Math.max(...took)
	});
} finally {
	await chrome.close();
	await client.end();
	await site.stop();
	await database.stop();
}
