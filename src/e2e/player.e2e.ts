import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { findings } from '../testing/axe.ts';
import { audio, bar, currentTime, isPlaying, row, slider, slowly } from '../testing/listening.ts';
import { emailOf, expect, signIn, test, untilRouted, untilRunning, wedding } from '../testing/site.ts';

/** The place that is stored for this recording, as the list of another device will say it. */
const stored = async (title: string) => {
	const { rows } = await wedding().sql.query(
		`SELECT l.seconds, l.is_finished FROM listened l JOIN recording r ON r.id = l.recording_id WHERE r.title = $1`,
		[title]
	);
	return rows;
};

async function list(page: Page, who: string) {
	await signIn(page, emailOf(who));
	await page.goto('/recordings');
	await untilRouted(page);
}

async function open(page: Page, title: string) {
	await row(page, title).getByRole('link').click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
}

test.beforeEach(async () => {
	const peaks = Buffer.from(
		Array.from({ length: 600 }, (_, n) => 40 + Math.round(200 * Math.abs(Math.sin(n / 9))))
	);
	await wedding().sql.query('UPDATE recording SET peaks = $1', [peaks]);
	await wedding().sql.query('DELETE FROM listened');
});

test('the list plays, to the end and on into the next, which is remembered', async ({ page }) => {
	await slowly(page);
	await list(page, 'mei');
	await page.getByRole('button', { name: 'Play “The toast”' }).click();
	await isPlaying(page, 'The toast');
	await expect(bar(page)).toContainText('The toast');
	expect(await findings(page)).toEqual([]);
	await audio(page).evaluate((sound: HTMLAudioElement) => (sound.currentTime = sound.duration - 0.3));
	await isPlaying(page, 'The waltz');
	await expect(bar(page)).toContainText('The waltz');
	await expect(page.getByRole('button', { name: 'Pause “The waltz”' })).toBeVisible();
	await expect.poll(() => stored('The toast')).toEqual([{ seconds: 0, is_finished: true }]);
	await page.reload();
	await expect(row(page, 'The toast')).toContainText('heard');
});

test('what plays goes on while one walks through the site, and is large on its own page', async ({
	page
}) => {
	await slowly(page);
	await list(page, 'mei');
	await page.getByRole('button', { name: 'Play “The waltz”' }).click();
	await isPlaying(page, 'The waltz');
	await audio(page).evaluate((sound) => sound.setAttribute('data-same', 'yes'));
	await page.getByRole('link', { name: 'Anna & Ben', exact: true }).click();
	await expect(page).toHaveURL('/');
	await expect(bar(page)).toContainText('The waltz');
	await isPlaying(page, 'The waltz');

	await bar(page).getByRole('link', { name: 'The waltz' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('The waltz');
	await expect(bar(page)).toHaveCount(0);
	await page.getByRole('group', { name: 'The waltz' }).getByRole('button', { name: 'Pause' }).click();
	await expect(audio(page)).toHaveAttribute('data-same', 'yes');

	await page.getByRole('link', { name: 'All recordings' }).click();
	await bar(page).getByRole('button', { name: 'Stop and close the player' }).click();
	await expect(bar(page)).toHaveCount(0);
});

test('another recording’s page leaves alone what plays, until it is played itself', async ({ page }) => {
	await slowly(page);
	await list(page, 'mei');
	await page.getByRole('button', { name: 'Play “The waltz”' }).click();
	await isPlaying(page, 'The waltz');
	await open(page, 'The toast');
	await expect(bar(page)).toContainText('The waltz');
	await page.getByRole('group', { name: 'The toast' }).getByRole('button', { name: 'Play' }).click();
	await isPlaying(page, 'The toast');
	await expect(bar(page)).toHaveCount(0);
	await page.getByRole('button', { name: 'Next recording' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('The waltz');
	await isPlaying(page, 'The waltz');
	await expect(bar(page)).toHaveCount(0);
});

test('a press in the waveform goes there, and the next visit goes on from where it stopped', async ({
	page,
	browser
}) => {
	await slowly(page);
	await list(page, 'mei');
	await open(page, 'The waltz');
	await expect(page.locator('.waveform path')).toHaveAttribute('d', /^(M\d+ [\d.]+h2v\d+h-2z){200}$/);
	await page.getByRole('button', { name: 'Play', exact: true }).click();
	await isPlaying(page, 'The waltz');
	const box = (await slider(page).boundingBox())!;
	await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
	const length = await audio(page).evaluate((sound: HTMLAudioElement) => sound.duration);
	await expect.poll(() => currentTime(page)).toBeGreaterThan(length / 2 - 0.2);
	await page.getByRole('button', { name: 'Pause' }).click();
	const place = await currentTime(page);
	await expect.poll(async () => (await stored('The waltz'))[0]?.seconds).toBeCloseTo(place, 0);

	const other = await (await browser.newContext()).newPage();
	await slowly(other);
	await signIn(other, emailOf('mei'));
	await other.goto('/recordings');
	await expect(row(other, 'The waltz')).toContainText('heard up to 0:0');
	await open(other, 'The waltz');
	await expect(other.getByText('You stopped at 0:0')).toBeVisible();
	await other.reload();
	await other.getByRole('button', { name: 'Play', exact: true }).click();
	await isPlaying(other, 'The waltz');
	expect(await currentTime(other)).toBeGreaterThan(place - 0.5);
	await other.reload();
	await untilRunning(other);
	const began = audio(other).evaluate(
		(sound: HTMLAudioElement) =>
			new Promise<number>((tell) =>
				sound.addEventListener('playing', () => tell(sound.currentTime), { once: true })
			)
	);
	await other.getByRole('button', { name: 'Start from the beginning' }).click();
	expect(await began).toBeLessThan(place - 0.5);
	await other.context().close();
});

test('a recording whose length nobody knows runs, goes as far as it is loaded, and ends', async ({
	page
}) => {
	const path = join(import.meta.dirname, '../testing/sounds/toast-recorder-no-duration.webm');
	const sql = wedding().sql;
	const { rows } = await sql.query(
		`UPDATE recording SET duration_seconds = 0 WHERE title = 'The toast' RETURNING id`
	);
	await page.route(new RegExp(`/recordings/${rows[0].id}/audio\\?`), (route) =>
		route.fulfill({ path, contentType: 'audio/webm' })
	);
	await list(page, 'mei');
	await open(page, 'The toast');
	await page.getByRole('button', { name: 'Play', exact: true }).click();
	await isPlaying(page, 'The toast');
	await expect(page.getByText('–:––')).toBeVisible();
	await expect.poll(async () => Number(await slider(page).getAttribute('max'))).toBeGreaterThan(1);
	await page.getByRole('button', { name: '15 seconds forward' }).click();
	await page.getByRole('button', { name: '15 seconds forward' }).click();
	await isPlaying(page, 'The waltz');
	await expect.poll(() => stored('The toast')).toEqual([{ seconds: 0, is_finished: true }]);
	await sql.query('UPDATE recording SET duration_seconds = 17 WHERE id = $1', [rows[0].id]);
});

test('where somebody was when they left is kept', async ({ page }) => {
	await list(page, 'mei');
	await page.getByRole('button', { name: 'Play “The waltz”' }).click();
	await isPlaying(page, 'The waltz');
	await page.goto('/health/live');
	await expect.poll(async () => (await stored('The waltz')).length).toBe(1);
});

test('the keyboard plays, seeks and steps, but not while somebody types', async ({ page }) => {
	await slowly(page);
	await list(page, 'mei');
	await open(page, 'The waltz');
	const at = () => currentTime(page);
	await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
	await page.locator('h1').click();
	await page.keyboard.press('Space');
	await isPlaying(page, 'The waltz');
	await page.keyboard.press('Space');
	await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
	await page.keyboard.press('j');
	await expect.poll(at).toBe(0);
	await page.keyboard.press('ArrowRight');
	await expect.poll(at).toBeGreaterThan(4.9);
	await page.keyboard.press('ArrowLeft');
	await expect.poll(at).toBe(0);

	await page.getByRole('combobox', { name: 'Speed' }).focus();
	await page.keyboard.press('l');
	await page.locator('h1').click();
	expect(await at()).toBe(0);
	await page.keyboard.press('Shift+N');
	await isPlaying(page, 'A greeting');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('A greeting');
	await page.keyboard.press('Shift+P');
	await isPlaying(page, 'The waltz');
});

test.describe('with a mouse', () => {
	test.use({ isMobile: false, hasTouch: false });

	test('speed and volume are as they were chosen, also for the next one', async ({ page }) => {
		await list(page, 'mei');
		await open(page, 'The toast');
		await page.getByRole('combobox', { name: 'Speed' }).selectOption('1.5×');
		await page.getByRole('slider', { name: 'Volume' }).fill('0.4');
		await page.getByRole('button', { name: 'Play', exact: true }).click();
		await isPlaying(page, 'The toast');
		await page.getByRole('button', { name: 'Next recording' }).click();
		await isPlaying(page, 'The waltz');
		const chosen = () =>
			audio(page).evaluate(({ playbackRate, volume }: HTMLAudioElement) => [playbackRate, volume]);
		expect(await chosen()).toEqual([1.5, 0.4]);
		await page.reload();
		await untilRouted(page);
		await expect(page.getByRole('slider', { name: 'Volume' })).toHaveValue('0.4');
	});
});

test('the list can be put in order of date and title; for the couple by stars too', async ({
	page,
	browser
}) => {
	await list(page, 'mei');
	const titles = (page: Page) => page.locator('main ol > li .title bdi').allInnerTexts();
	await page.getByRole('link', { name: 'By title' }).click();
	await expect.poll(() => titles(page)).toEqual(['A greeting', 'Behind a tractor', 'The toast', 'The waltz']);
	await expect(page.getByRole('link', { name: 'By stars' })).toHaveCount(0);
	const anna = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
	await signIn(anna, emailOf('anna'));
	await anna.goto('/recordings');
	await anna.getByRole('link', { name: 'By stars' }).click();
	await expect(anna).toHaveURL('/recordings?order=average');
	expect((await titles(anna))[0]).toBe('The waltz');
	await anna.context().close();
});
