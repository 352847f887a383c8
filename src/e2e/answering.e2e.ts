import type { Locator, Page } from '@playwright/test';
import { addDinner, box, enter, saveAnswer } from '../testing/answering.ts';
import { open } from '../testing/household.ts';
import { emailOf, expect, nextMail, post, signIn, test, untilRouted, wedding } from '../testing/site.ts';

/** A second event for everybody, until it is gone again. */
const addParty = () =>
	wedding().sql.query(
		`WITH party AS (
			INSERT INTO event (wedding_id, name, starts_at)
			SELECT wedding_id, '{"en": "Party", "nl": "Feest"}', starts_at + interval '4 hours' FROM event
			RETURNING id, wedding_id
		)
		INSERT INTO invitation (event_id, guest_id, wedding_id)
		SELECT party.id, guest.id, party.wedding_id FROM party JOIN guest USING (wedding_id)`
	);
const removeParty = () => wedding().sql.query(`DELETE FROM event WHERE name ->> 'en' = 'Party'`);
/** As if nobody had answered yet. */
const forget = () => wedding().sql.query('DELETE FROM reply');

test.describe.serial('one dinner', () => {
	/** Counts what a thumb does from the mail's link on, until it says thank you. */
	async function countTaps(page: Page, link: string, group: RegExp): Promise<number> {
		let taps = 1;
		const tap = async (target: Locator) => {
			await target.click();
			taps++;
		};
		const main = page.locator('main');
		await page.goto(link);
		await tap(main.getByRole('button'));
		await page.waitForURL('/');
		for (const row of await main.getByRole('radiogroup', { name: group }).all())
			await tap(row.getByLabel('Coming', { exact: true }));
		await tap(main.getByRole('button', { name: 'Save our answer' }));
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('Thank you');
		return taps;
	}

	/** The link in the invitation of this guest's household. */
	async function invite(page: Page, word: string): Promise<string> {
		const { rows } = await wedding().sql.query('SELECT household_id AS id FROM guest WHERE email = $1', [
			emailOf(word)
		]);
		const mail = await nextMail(emailOf(word), () =>
			post(page.request, `/couple/guests/${rows[0].id}?/invite`)
		);
		return mail.link;
	}

	for (const javaScriptEnabled of [true, false]) {
		test(`two guests answer to one event, and to two, in six taps at most ${javaScriptEnabled ? 'with' : 'without'} scripts`, async ({
			page,
			browser
		}) => {
			await addDinner();
			await signIn(page, emailOf('anna'));
			const context = await browser.newContext({ javaScriptEnabled, baseURL: wedding().origin });
			const phone = await context.newPage();
			const link = await invite(page, javaScriptEnabled ? 'mei' : 'daniel');
			expect(await countTaps(phone, link, / /)).toBe(5);
			await addParty();
			await forget();
			expect(await countTaps(phone, link, /^Both$/)).toBe(5);
			await expect(phone.getByRole('definition')).toHaveText(Array(4).fill('Coming'));
			await forget();
			await removeParty();
			await context.close();
		});
	}

	test('one tap shows at each of them; what is typed is there again, also where a script has led', async ({
		page
	}) => {
		await addDinner();
		await enter(page, 'Daniel Okafor');
		const dinner = page.getByRole('region', { name: 'Dinner', exact: true });
		const said = (word: string) => dinner.locator('[data-guest]').getByLabel(word, { exact: true });
		await dinner.getByRole('radiogroup', { name: 'Both' }).getByLabel('Coming', { exact: true }).check();
		for (const one of await said('Coming').all()) await expect(one).toBeChecked();
		await said('Not coming').first().check();
		await expect(dinner.locator('[data-everybody] :checked')).toHaveCount(0);
		await page.getByLabel('A song').fill('Waterloo');

		await page.goto('/recordings');
		await untilRouted(page);
		await page.evaluate(() => Object.assign(window, { isSame: true }));
		await page.getByRole('navigation').getByRole('link', { name: 'Your answer' }).click();
		await expect(page.getByLabel('A song')).toHaveValue('Waterloo');
		await expect(said('Not coming').first()).toBeChecked();
		await expect(said('Coming').last()).toBeChecked();
		expect(await page.evaluate(() => 'isSame' in window)).toBe(true);
		await saveAnswer(page).click();
		await page.waitForURL('/rsvp/thanks');
		await expect(page.getByRole('definition')).toHaveText(['Not coming', 'Coming']);
		await expect.poll(() => page.evaluate(() => sessionStorage.getItem('rsvp'))).toBeNull();
		await forget();
	});

	test('what another tab has saved is shown beside what is typed, and neither is lost', async ({
		browser
	}) => {
		const context = await browser.newContext({ javaScriptEnabled: false, baseURL: wedding().origin });
		const [first, second] = [await context.newPage(), await context.newPage()];
		await enter(first, 'Mei & Oliver');
		for (const tab of [first, second]) await tab.goto('/rsvp');
		await box(first, 'Dinner', 'Mei Chen', 'Coming').check();
		await saveAnswer(first).click();
		await first.waitForURL('/rsvp/thanks');
		await box(second, 'Dinner', 'Mei Chen', 'Not coming').check();
		await saveAnswer(second).click();
		await expect(second.getByText('changed elsewhere')).toBeVisible();
		const stored = second.locator('section', { hasText: 'This is what is stored now' });
		await expect(stored.locator('dl div', { hasText: 'Mei Chen' })).toContainText('Coming');
		await expect(box(second, 'Dinner', 'Mei Chen', 'Not coming')).toBeChecked();
		await saveAnswer(second).click();
		await second.waitForURL('/rsvp/thanks');
		const { rows } = await wedding().sql.query('SELECT state FROM reply');
		expect(rows).toEqual([{ state: 'no' }]);

		const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
		const listen = () => {
			const connection = new AbortController();
			const { signal } = connection;
			const answer = fetch(`${wedding().origin}/live`, { headers: { cookie }, signal });
			return { connection, status: answer.then(({ status }) => status) };
		};
		const streams = [listen(), listen(), listen()];
		expect(await Promise.all(streams.map(({ status }) => status))).toEqual([200, 200, 200]);
		expect(await listen().status).toBe(429);
		streams[0]!.connection.abort();
		await expect.poll(() => listen().status, { timeout: 5000 }).toBe(200);
		await context.close();
	});

	test('the couple invites a group and takes it back, without scripts', async ({ browser }) => {
		const context = await browser.newContext({ javaScriptEnabled: false, baseURL: wedding().origin });
		const page = await context.newPage();
		await signIn(page, emailOf('anna'));
		await open(page, 'Lucia & Paolo');
		await page.getByText('More about them').click();
		await page.getByLabel('Which groups').fill('Italians, Friends');
		await page.getByRole('button', { name: 'Save', exact: true }).click();
		await page.getByText('Which households').click();
		await page.getByRole('navigation', { name: 'Groups' }).getByRole('link', { name: 'Italians' }).click();
		await expect(page.getByRole('list', { name: 'Guests' }).getByRole('listitem')).toHaveCount(1);
		await page.goto('/couple/events');
		await page.getByRole('link', { name: 'Dinner' }).click();
		await page.getByText('Invite everybody, or groups').click();
		await page.getByLabel('These groups').check();
		await page.getByLabel('Italians: 2 guests in one household').check();
		await page.getByRole('button', { name: 'Invite them' }).click();
		const count = page.getByText(/of \d+ guests are invited/);
		await expect(count).toHaveText(/^2 of/);
		const guest = await browser.newContext({ baseURL: wedding().origin });
		await enter(await guest.newPage(), 'Mei & Oliver');
		for (const path of ['', '/rsvp', '/rsvp/thanks', '/calendar'])
			for (const address of [path || '/', `${path}/__data.json`])
				expect(await (await guest.request.get(address)).text(), address).not.toMatch(/Dinner|Diner/);
		await guest.close();
		await page.reload();
		await page.getByRole('button', { name: 'Undo it' }).click();
		await expect(count).not.toHaveText(/^2 of/);
		await expect(page.getByRole('button', { name: 'Undo it' })).toBeHidden();
		await context.close();
	});
});
