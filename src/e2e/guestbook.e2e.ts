import type { Browser, Page } from '@playwright/test';
import { emailOf, expect, origin, signIn, test, wedding } from '../testing/site.ts';

test.use({
	launchOptions: async ({ launchOptions }, use) => {
		const args = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
		await use({ ...launchOptions, args: [...(launchOptions.args ?? []), ...args] });
	},
	permissions: ['microphone']
});

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const seconds = (page: Page) => page.getByRole('region', { name: 'Record a message' }).getByText(/^0:0\d$/);

/** Records until so many seconds are there, and is not stopped. */
async function record(page: Page, least: number): Promise<void> {
	await page.goto('/guestbook');
	await button(page, 'Record a message').click();
	await expect(page.getByText('We hear you.')).toBeVisible();
	await button(page, 'Start recording').click();
	await expect.poll(async () => Number((await seconds(page).innerText()).slice(2))).toBeGreaterThan(least);
}

/** All of a store that this device keeps messages in. */
const stored = <Row>(page: Page, store: 'drafts' | 'slices') =>
	page.evaluate(
		(name) =>
			new Promise<Row[]>((resolve, reject) => {
				const asked = indexedDB.open('guestbook');
				asked.onerror = () => reject(asked.error);
				asked.onsuccess = () => {
					const all = asked.result.transaction(name).objectStore(name).getAll();
					all.onsuccess = () => resolve(all.result as Row[]);
				};
			}),
		store
	);

/** Resolves when a copy to play and a picture of the message are made. */
async function untilReady(): Promise<void> {
	await expect
		.poll(async () => (await wedding().sql.query(`SELECT FROM voice WHERE state <> 'ready'`)).rowCount)
		.toBe(0);
}

const kept = async (page: Page) => (await stored(page, 'slices')).length;
const types = async (page: Page) => (await stored<{ type: string }>(page, 'drafts')).map(({ type }) => type);

async function open(browser: Browser, email: string): Promise<Page> {
	const context = await browser.newContext({ baseURL: origin(), locale: 'en-GB' });
	const page = await context.newPage();
	await signIn(page, email);
	return page;
}

test('a message outlives a reload and a lost network, goes by itself, and is heard, shared and removed', async ({
	page,
	context,
	browser
}) => {
	await signIn(page, emailOf('daniel'));
	await record(page, 2);
	expect(await kept(page)).toBeGreaterThan(0);
	await page.reload();
	await expect(page.getByRole('heading', { name: 'You were recording' })).toBeVisible();

	await page.route('**/api/uploads/**', (route) => route.abort());
	await page.getByRole('textbox', { name: 'Who is speaking?' }).fill('Daniel and Priya');
	await button(page, 'Send to Anna & Ben').click();
	await expect(page.getByText('will be sent as soon as you are online')).toBeVisible();
	await page.reload();
	await expect(page.getByText('will be sent as soon as you are online')).toBeVisible();

	await page.unroute('**/api/uploads/**');
	// on any page with a script, not only this one
	await page.goto('/recordings');
	await expect.poll(() => kept(page)).toBe(0);
	await page.goto('/guestbook');
	const own = page.getByRole('list', { name: 'Your messages' });
	await expect(own.getByText('Daniel and Priya')).toBeVisible();

	await untilReady();
	const anna = await open(browser, emailOf('anna'));
	await anna.goto('/couple');
	await anna.getByRole('link', { name: 'One new voice message' }).click();
	const message = anna.getByRole('group', { name: 'Message from Daniel and Priya' });
	await message.getByRole('button', { name: 'Play' }).click();
	await expect(message.getByRole('button', { name: 'Pause' })).toBeVisible();
	const place = message.getByRole('slider', { name: 'Place in the recording' });
	await expect.poll(async () => Number(await place.inputValue())).toBeGreaterThan(0);
	await expect(message.locator('.waveform')).toBeVisible();
	await anna.getByLabel('Your line back').fill('We laughed all the way home.');
	await button(anna, 'Answer').click();
	await expect(anna.getByText('Your answer is saved.')).toBeVisible();
	await button(anna, 'Share with all guests').click();
	await expect(button(anna, 'Stop sharing')).toBeVisible();
	await button(anna, 'Heard it').click();
	await expect(anna.getByRole('list', { name: 'Heard' })).toBeVisible();

	const mei = await open(browser, emailOf('mei'));
	await mei.goto('/guestbook');
	await expect(mei.getByRole('list', { name: 'What others said' })).toContainText('Daniel and Priya');
	await page.reload();
	await expect(own).toContainText('We laughed all the way home.');

	await button(anna, 'Delete').click();
	await button(anna, 'Delete the message').click();
	await expect(anna.getByText('The message has been deleted.')).toBeVisible();
	await mei.reload();
	await expect(mei.getByRole('list', { name: 'What others said' })).toHaveCount(0);
	await Promise.all([anna.context().close(), mei.context().close()]);
	expect(context.pages()).toHaveLength(1);
});

test('a call or a lock pauses it and says so, and a microphone that goes leaves what there was', async ({
	page
}) => {
	await signIn(page, emailOf('lucia'));
	await page.addInitScript(() => {
		const { mediaDevices } = navigator;
		const ask = mediaDevices.getUserMedia.bind(mediaDevices);
		mediaDevices.getUserMedia = async (wanted) => {
			const stream = await ask(wanted);
			Object.assign(window, { track: stream.getAudioTracks()[0] });
			return stream;
		};
	});
	await record(page, 1);
	const tell = (event: string) =>
		page.evaluate(
			(name) => (window as unknown as { track: EventTarget }).track.dispatchEvent(new Event(name)),
			event
		);
	await tell('mute');
	await expect(page.getByText('something else took the microphone')).toBeVisible();
	await button(page, 'Go on').click();
	await expect(button(page, 'Pause')).toBeVisible();
	await page.evaluate(() => {
		Object.defineProperty(document, 'hidden', { value: true, configurable: true });
		document.dispatchEvent(new Event('visibilitychange'));
		Object.defineProperty(document, 'hidden', { value: false, configurable: true });
	});
	await expect(page.getByText('because you left this page')).toBeVisible();
	await button(page, 'Go on').click();
	await tell('ended');
	await expect(page.getByText('The microphone was switched off.')).toBeVisible();
	await expect(button(page, 'Send to Anna & Ben')).toBeVisible();
});

test('a type that only claims to record is passed over', async ({ page }) => {
	await signIn(page, emailOf('hugo'));
	await page.addInitScript(() => {
		const Real = MediaRecorder;
		const isSupported = Real.isTypeSupported.bind(Real);
		class Lying extends Real {
			override set ondataavailable(listen: ((event: BlobEvent) => void) | null) {
				const isEmpty = this.mimeType.startsWith('audio/mp4');
				super.ondataavailable = (event) =>
					listen?.(isEmpty ? new BlobEvent('dataavailable', { data: new Blob([]) }) : event);
			}
			override get ondataavailable() {
				return super.ondataavailable as never;
			}
			static override isTypeSupported = (type: string) => type === 'audio/mp4' || isSupported(type);
		}
		Object.assign(window, { MediaRecorder: Lying });
	});
	await record(page, 1);
	await button(page, 'Done').click();
	await expect(button(page, 'Send to Anna & Ben')).toBeVisible();
	expect(await types(page)).toEqual([expect.stringContaining('webm')]);
});

test('start and stop ten times in a row leaves no message without sound, and it still records', async ({
	page
}) => {
	await signIn(page, emailOf('mei'));
	await page.goto('/guestbook');
	await button(page, 'Record a message').click();
	for (let n = 0; n < 10; n++) {
		await button(page, 'Start recording').click();
		await button(page, 'Done').click();
		await expect(button(page, 'Start recording').or(button(page, 'Send to Anna & Ben'))).toBeVisible();
		if (await button(page, 'Send to Anna & Ben').isVisible()) {
			await button(page, 'Delete and start over').click();
			await expect(button(page, 'Start recording')).toBeVisible();
		}
	}
	expect(await kept(page)).toBe(0);
	await button(page, 'Start recording').click();
	await expect.poll(async () => (await seconds(page).innerText()) > '0:01').toBe(true);
	await button(page, 'Done').click();
	await expect(button(page, 'Send to Anna & Ben')).toBeVisible();
	expect(await kept(page)).toBeGreaterThan(0);
});

test('without a script a file is enough, in Dutch too', async ({ browser }) => {
	const context = await browser.newContext({ baseURL: origin(), javaScriptEnabled: false, locale: 'nl-NL' });
	const page = await context.newPage();
	await signIn(page, emailOf('sanne'));
	await page.goto('/');
	await page.getByRole('main').getByRole('link', { name: 'Naar het gastenboek' }).click();
	await page.getByLabel('Geluidsbestand').setInputFiles('src/testing/sounds/iphone-memo.qta');
	await page.getByLabel('Wie is er aan het woord?').fill('Sanne');
	await button(page, /^Verstuur naar/).click();
	await expect(page.getByText('gaan ernaar luisteren')).toBeVisible();
	await expect(page.getByRole('list', { name: 'Jouw berichten' })).toContainText('Sanne');
	await button(page, 'Terugnemen').or(page.getByText('Terugnemen')).first().click();
	await button(page, 'Terugnemen').click();
	await expect(page.getByText('Je bericht is verwijderd.')).toBeVisible();
	await context.close();
});

test('the sign for the tables leads here, once one is signed in', async ({ page, browser }) => {
	await signIn(page, emailOf('anna'));
	await page.goto('/couple/guestbook/sign?paper=a4');
	await expect(page.getByRole('img')).toHaveCount(4);
	await expect(page.getByText('Spreek iets voor ons in').first()).toBeVisible();
	// one sheet, whatever else is on the page
	expect((await page.pdf({ preferCSSPageSize: true })).toString('latin1')).toContain('/Count 1');
	await page.getByRole('link', { name: 'One sign, A6' }).click();
	await expect(page.getByRole('img')).toHaveCount(1);
	expect((await page.pdf({ preferCSSPageSize: true })).toString('latin1')).toContain('[0 0 298');
	const stranger = await browser.newPage({ baseURL: origin() });
	await stranger.goto('/guestbook');
	await expect(stranger).toHaveURL(/\/login\?next=%2Fguestbook$/);
	await stranger.close();
});
