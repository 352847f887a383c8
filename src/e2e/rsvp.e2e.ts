import ICAL from 'ical.js';
import { addChild, box, enter, makeFour, saveAnswer } from '../testing/answering.ts';
import { open } from '../testing/household.ts';
import {
	emailOf,
	expect,
	type LocalMail,
	mails,
	nextMail,
	signIn,
	test,
	untilRouted,
	wedding
} from '../testing/site.ts';

test.describe.serial('from the first event to the last answer', () => {
	test('the couple makes two events and a menu', async ({ page }) => {
		await addChild('Family Jansen', 'Tom Jansen');
		await signIn(page, emailOf('anna'));
		await page.goto('/couple/events/new');
		await page.getByLabel('Name in English').fill('Ceremony');
		await page.getByLabel('Name in Dutch').fill('Ceremonie');
		await page.getByLabel('Begins').fill('2066-06-12T14:30');
		await page.getByLabel('Address').fill('Janskerkhof 26, Utrecht');
		await page.getByRole('button', { name: 'Save', exact: true }).click();
		await expect(page.getByText('Saved Ceremony.')).toBeVisible();
		await page.getByRole('link', { name: 'Add an event' }).click();
		await page.getByLabel('Name in Dutch').fill('Diner');
		await page.getByLabel('Begins').fill('2066-06-12T18:00');
		await page.getByLabel('Ends').fill('2066-06-12T17:00');
		for (const [n, meal] of ['Zeebaars', 'Aubergine', 'Pannenkoeken'].entries())
			await page.getByLabel(`Meal ${n + 1} in Dutch`).fill(meal);
		await page.locator('[name="meals.2.isForChildren"]').check();
		await page.getByRole('button', { name: 'Save', exact: true }).click();
		await expect(page.getByText('It would end before it begins.')).toBeVisible();
		await expect(page.getByLabel('Meal 3 in Dutch')).toHaveValue('Pannenkoeken');
		await page.getByLabel('Ends').fill('2066-06-13T01:00');
		await page.getByRole('button', { name: 'Save', exact: true }).click();
		await expect(page.getByText('Saved Diner.')).toBeVisible();
	});

	test('and asks something of its own of those who come to dinner', async ({ page }) => {
		await signIn(page, emailOf('anna'));
		await page.goto('/couple/events');
		await page.getByRole('link', { name: 'Ask something else' }).click();
		await page.getByRole('link', { name: 'Add a question' }).click();
		await page.getByLabel('Question in Dutch').fill('Welke bus terug?');
		await page.getByLabel('One of several choices').check();
		await page.getByLabel('Choice 1 in Dutch').fill('Half twaalf');
		await page.getByLabel('Only of those who come to').selectOption('Diner');
		await page.getByRole('button', { name: 'Save', exact: true }).click();
		await expect(page.getByText('Give at least two choices.')).toBeVisible();
		await page.getByLabel('Choice 2 in Dutch').fill('Kwart over een');
		await page.getByRole('button', { name: 'Save', exact: true }).click();
		await expect(page.getByText('The question has been saved.')).toBeVisible();
	});

	test('a household answers for four on the front page, by its card and without scripts', async ({
		browser
	}) => {
		const context = await browser.newContext({ javaScriptEnabled: false, baseURL: wedding().origin });
		const page = await context.newPage();
		await enter(page, 'Family Jansen');
		await expect(page.getByRole('link', { name: 'Kaart' })).toHaveAttribute(
			'href',
			/openstreetmap.*Janskerkhof/
		);
		for (const guest of ['Maria Jansen', 'Jan Jansen', 'Sofie Jansen', 'Tom Jansen'])
			await box(page, 'Ceremonie', guest, 'Komt').check();
		await expect(page.getByLabel('Gerecht voor Maria Jansen')).toBeHidden();
		await expect(page.getByLabel('Welke bus terug? (Maria Jansen)')).toBeHidden();
		await box(page, 'Diner', 'Maria Jansen', 'Komt').check();
		await page.getByLabel('Gerecht voor Maria Jansen').selectOption('Aubergine');
		await page.getByLabel('Welke bus terug? (Maria Jansen)').selectOption('Half twaalf');
		await expect(page.getByLabel('Gerecht voor Maria Jansen').locator('option')).toHaveCount(3);
		await box(page, 'Diner', 'Jan Jansen', 'Komt niet').check();
		await box(page, 'Diner', 'Tom Jansen', 'Komt').check();
		await page.getByLabel('Gerecht voor Tom Jansen').selectOption('Pannenkoeken');
		await page.getByRole('textbox', { name: 'Tom Jansen' }).fill('<img src=x> pinda’s');
		const mail = await nextMail(emailOf('maria'), async () => {
			await saveAnswer(page).click();
			await page.waitForURL('/rsvp/thanks');
		});
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('Bedankt!');
		await expect(page.getByText('7 van de 8 beantwoord.')).toBeVisible();
		await expect(page.getByText('Tom Jansen: <img src=x> pinda’s')).toBeVisible();
		await expect(page.getByText('Maria Jansen: Half twaalf')).toBeVisible();
		expect(mail.text).toContain('Maria Jansen: Komt, Aubergine');
		expect(mail.text).toContain('Maria Jansen: Half twaalf');
		expect(mail.text).not.toContain('pinda');
		await page.getByRole('link', { name: 'Zet het in je agenda' }).click();
		await page.getByRole('button', { name: 'Maak ons adres' }).click();
		const address = new URL(await page.locator('.address').innerText());
		expect((await page.request.get('/calendar.ics')).headers()['content-type']).toContain('text/calendar');
		// an app has no session
		const calendar = await (await fetch(wedding().origin + address.pathname)).text();
		const entries = new ICAL.Component(ICAL.parse(calendar) as string).getAllSubcomponents('vevent');
		const summaries = entries.map((entry) => entry.getFirstPropertyValue('summary'));
		expect(summaries).toEqual(['Ceremonie · Anna & Ben', 'Diner · Anna & Ben']);
		await page.goto('/rsvp');
		await expect(box(page, 'Diner', 'Jan Jansen', 'Komt niet')).toBeChecked();
		await expect(box(page, 'Diner', 'Sofie Jansen', 'Komt')).not.toBeChecked();
		await context.close();
	});

	test('the couple sees who comes, and what they eat', async ({ page }) => {
		await signIn(page, emailOf('anna'));
		await page.goto('/couple/answers');
		const dinner = page.locator('section', { has: page.getByRole('heading', { name: 'Diner' }) }).first();
		await expect(dinner.locator('div', { hasText: /^Coming/ })).toContainText('2');
		await expect(dinner.locator('div', { hasText: /^of whom children/ })).toContainText('1');
		await expect(dinner.locator('div', { hasText: /^Aubergine/ })).toContainText('1');
		await expect(page.getByText('<img src=x> pinda’s')).toBeVisible();
		await expect(page.locator('dl div', { hasText: 'Half twaalf' })).toContainText('1');
		await page.getByLabel('Search by name').fill('jansen sofie');
		await page.getByText('Choose which guests').click();
		await page.getByLabel('Answer', { exact: true }).selectOption('No answer yet');
		await page.getByRole('button', { name: 'Show' }).click();
		await page.waitForURL(/said=silent/);
		const rows = page.locator('tbody').getByRole('row');
		await expect(rows).toContainText(['Sofie Jansen']);
		await untilRouted(page);
		await page.getByLabel('Search by name').fill('MARIA');
		await expect(page.getByText('Nobody')).toBeVisible();
		await page.getByLabel('Search by name').fill('sofie');
		await expect(rows).toHaveCount(1);
		await page.locator('summary', { hasText: 'Several at once' }).click();
		const several = page.getByRole('group', { name: 'Several at once' });
		await several.getByLabel('Event').selectOption('Diner');
		await rows.getByRole('checkbox').check();
		await page.getByRole('button', { name: "Don't invite" }).click();
		await expect(page.getByText('One guest is not invited any more.')).toBeVisible();
		await expect(page.getByText('Nobody found')).toBeVisible();
		await page.getByRole('button', { name: 'Undo' }).click();
		await expect(rows).toContainText('Sofie Jansen');
	});

	test('a household without an address answers for five, of whom it brings one, whom the couple gives a household', async ({
		page,
		browser
	}) => {
		await makeFour('Hugo Lindqvist');
		await signIn(page, emailOf('anna'));
		await open(page, 'Hugo Lindqvist');
		await page.getByLabel('May bring').fill('1');
		await page.getByRole('button', { name: 'Save', exact: true }).click();
		await expect(page.getByText('Saved Hugo Lindqvist.')).toBeVisible();

		const context = await browser.newContext({ javaScriptEnabled: false, baseURL: wedding().origin });
		const guest = await context.newPage();
		await enter(guest, 'Hugo Lindqvist');
		for (const name of ['Hugo Lindqvist', 'Bo', 'Eva']) await box(guest, 'Diner', name, 'Coming').check();
		await guest.getByLabel('Meal for Bo').selectOption('Pannenkoeken');
		await box(guest, 'Diner', 'Ida', 'Not coming').check();
		const bring = guest.getByRole('region', { name: 'Are you bringing somebody?' });
		const dinner = bring.getByRole('radiogroup', { name: 'Diner' });
		await expect(dinner).toBeHidden();
		await bring.getByLabel('Name of who comes along').fill('Noor Bakker');
		await dinner.getByLabel('Coming', { exact: true }).check();
		await bring.getByLabel('Meal').selectOption('Aubergine');
		await bring.getByLabel('Welke bus terug?').selectOption('Half twaalf');
		await saveAnswer(guest).click();
		await guest.waitForURL('/rsvp/thanks');
		await expect(guest.getByText('5 of 10 answered.')).toBeVisible();
		await expect(guest.locator('dl div', { hasText: 'Bo' }).last()).toContainText('Pannenkoeken');
		await expect(guest.locator('dl div', { hasText: 'Noor Bakker' }).last()).toContainText('Aubergine');
		await expect(guest.getByText('Noor Bakker: Half twaalf')).toBeVisible();
		await context.close();

		await open(page, 'Hugo Lindqvist');
		await page.getByRole('button', { name: 'Give a household of their own' }).click();
		await page.getByRole('dialog').getByRole('button', { name: 'Give a household of their own' }).click();
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('Noor Bakker');
		await expect(page.getByText('Noor Bakker has a household of their own now.')).toBeVisible();
	});

	test('what is typed survives a reload, is gone once it is saved, and comes to the couple by itself', async ({
		page,
		browser
	}) => {
		const context = await browser.newContext({ baseURL: wedding().origin });
		const couple = await context.newPage();
		await signIn(couple, emailOf('anna'));
		await couple.goto('/couple/answers?q=lotte');
		await expect(couple.getByRole('row', { name: /Lotte Visser/ })).toContainText('No answer yet');
		await enter(page, 'Sanne & Lotte');
		await page.goto('/rsvp');
		await expect(page.locator('html')).toHaveAttribute('lang', 'nl');
		const yes = box(page, 'Diner', 'Lotte Visser', 'Komt');
		await expect(async () => {
			await yes.check();
			await page.getByLabel('Gerecht voor Lotte Visser').selectOption('Zeebaars');
			await page.getByLabel('Een nummer').fill('Waterloo');
			expect(await page.evaluate(() => sessionStorage.getItem('rsvp'))).toContain('Waterloo');
		}).toPass();
		await page.reload();
		await expect(page.getByLabel('Een nummer')).toHaveValue('Waterloo');
		await expect(yes).toBeChecked();
		await saveAnswer(page).click();
		await page.waitForURL('/rsvp/thanks');
		await expect.poll(() => page.evaluate(() => sessionStorage.getItem('rsvp'))).toBeNull();
		const row = couple.getByRole('row', { name: /Lotte Visser/ });
		await expect(row).toContainText('Coming, Zeebaars');
		const dinner = couple.locator('section', { has: couple.getByRole('heading', { name: 'Diner' }) }).first();
		const bass = dinner.locator('div', { hasText: /^Zeebaars/ });
		await expect(bass).toContainText('1');
		await page.goto('/rsvp');
		await box(page, 'Diner', 'Lotte Visser', 'Komt niet').check();
		await saveAnswer(page).click();
		await page.waitForURL('/rsvp/thanks');
		await expect(row).toContainText('Not coming');
		await expect(bass).toContainText('0');
		await context.close();
	});

	test('two phones want the last place: one gets it, the other waits, and is offered it when it is free', async ({
		page,
		browser
	}) => {
		await wedding().sql.query(
			`UPDATE event SET capacity = 1 + (SELECT count(*) FROM reply WHERE event_id = event.id AND state = 'yes')
			WHERE name ->> 'nl' = 'Diner'`
		);
		const context = await browser.newContext({ javaScriptEnabled: false, baseURL: wedding().origin });
		const other = await context.newPage();
		for (const [phone, household] of [
			[other, 'Family Jansen'],
			[page, 'Sanne & Lotte']
		] as const) {
			await enter(phone, household);
			await phone.goto('/rsvp');
		}
		await box(other, 'Diner', 'Sofie Jansen', 'Komt').check();
		await box(page, 'Diner', 'Sanne Bakker', 'Komt').check();
		await saveAnswer(other).click();
		await other.waitForURL('/rsvp/thanks');
		await saveAnswer(page).click();
		await expect(page.getByText('Er is niet meer voor jullie allemaal plek')).toBeVisible();
		await expect(box(page, 'Diner', 'Sanne Bakker', 'Komt')).toBeChecked();
		await page.getByLabel('Dan wachten we: we komen allemaal of niet').check();
		await saveAnswer(page).click();
		await page.waitForURL('/rsvp/thanks');
		await expect(page.getByText('Wacht op een plek')).toBeVisible();

		await other.goto('/rsvp');
		await box(other, 'Diner', 'Sofie Jansen', 'Komt niet').check();
		await saveAnswer(other).click();
		await other.waitForURL('/rsvp/thanks');
		const isAnnounced = ({ text }: LocalMail) => text.includes('Er is een plek voor jullie vrij: Diner.');
		await expect.poll(() => mails(emailOf('lotte')).some(isAnnounced)).toBe(true);
		await page.goto('/');
		await page.getByRole('link', { name: 'Bekijk het' }).click();
		await page.getByRole('button', { name: 'Ja, we komen' }).click();
		await page.waitForURL('/rsvp/thanks');
		await expect(page.getByText('Wacht op een plek')).toBeHidden();
		await context.close();
	});

	test('the deadline passes while a page is open: the late no is refused, a diet still taken', async ({
		browser
	}) => {
		const context = await browser.newContext({ javaScriptEnabled: false, baseURL: wedding().origin });
		const page = await context.newPage();
		await enter(page, 'Family Jansen');
		await page.goto('/rsvp');
		await wedding().sql.query(
			`INSERT INTO deadline SELECT id, now() - interval '1 second', now() + interval '1 day' FROM wedding`
		);
		await box(page, 'Diner', 'Maria Jansen', 'Komt niet').check();
		await page.getByRole('textbox', { name: 'Maria Jansen' }).fill('geen noten');
		const answer = page.waitForResponse((response) => response.request().method() === 'POST');
		await saveAnswer(page).click();
		expect((await answer).status()).toBe(403);
		await expect(page.getByText('dus dit kwam te laat')).toBeVisible();
		await expect(box(page, 'Diner', 'Maria Jansen', 'Komt niet')).toBeChecked();
		await expect(box(page, 'Diner', 'Maria Jansen', 'Komt niet')).toBeDisabled();
		await page.goto('/rsvp');
		await expect(box(page, 'Diner', 'Maria Jansen', 'Komt')).toBeChecked();
		await expect(page.getByRole('textbox', { name: 'Maria Jansen' })).toHaveValue('geen noten');
		await context.close();
	});

	test('the couple answers for them after it, which their page says', async ({ page }) => {
		await signIn(page, emailOf('anna'));
		await page.goto('/couple/answers?q=jansen');
		await page.getByRole('link', { name: 'Maria Jansen' }).click();
		await page.getByRole('link', { name: 'Answer for them' }).click();
		await box(page, 'Diner', 'Maria Jansen', 'Not coming').check();
		await page.getByLabel('Why you answer for them').fill('phoned on Sunday');
		await page.getByRole('button', { name: 'Save their answer' }).click();
		await expect(page.getByText('Anna answered for them')).toBeVisible();
		await expect(page.getByText('Reason: phoned on Sunday')).toBeVisible();
		await page.getByText(/^Changed .* times$/).click();
		await expect(page.getByText('Diner, Maria Jansen: Coming, Aubergine → Not coming')).toBeVisible();
		await enter(page, 'Family Jansen');
		await page.goto('/rsvp/thanks');
		await expect(page.getByText('Anna heeft dit voor jullie ingevuld.')).toBeVisible();
	});
});
