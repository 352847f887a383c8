import { addDinner } from '../testing/answering.ts';
import { emailOf, expect, follow, mails, nextMail, signIn, test, wedding } from '../testing/site.ts';

test('a couple tells those who have not answered that the party moves', async ({ page }) => {
	await addDinner();
	await wedding().sql.query(
		`INSERT INTO reply (wedding_id, event_id, guest_id, state)
		SELECT i.wedding_id, event_id, guest_id, 'yes' FROM invitation i JOIN guest ON guest.id = guest_id
		WHERE guest.name LIKE '% Jansen'`
	);
	await wedding().sql.query(
		`INSERT INTO suppression (wedding_id, address, reason, category)
		SELECT id, $1, 'bounced', 'all' FROM wedding`,
		[emailOf('hugo')]
	);
	await signIn(page, emailOf('anna'));
	await page.goto('/couple');
	await follow(page, 'Messages');
	await page.getByRole('link', { name: 'Write a message' }).click();

	const [english, dutch] = ['English', 'Nederlands'].map((name) =>
		page.getByRole('group', { name, exact: true })
	);
	await english!.getByLabel('Subject').fill('The party begins at eight');
	await english!.getByLabel('Text').fill('Dear {fist names},\n\nDinner is at **six**. So far: {answer}\n\n');
	await dutch!.getByLabel('Subject').fill('Het feest begint om acht uur');
	await dutch!.getByLabel('Text').fill('Lieve ');
	await dutch!.getByRole('button', { name: '{voornamen}' }).click();
	await expect(dutch!.getByLabel('Text')).toHaveValue('Lieve {voornamen}');
	await page.getByRole('button', { name: 'Save', exact: true }).click();
	await expect(page.getByText('There is no {fist names}.')).toBeVisible();
	await english!.getByLabel('Text').fill('Dear {First Names},\n\nDinner is at **six**. So far: {answer}');
	await page.getByRole('button', { name: 'Save', exact: true }).click();
	await expect(page.getByText('Saved.')).toBeVisible();
	await expect(page.getByText('{antwoord} is missing in Dutch; in English you use it.')).toBeVisible();
	await expect(english!.getByLabel('Text')).toHaveValue(/^Dear \{first names\},/);
	await dutch!
		.getByLabel('Text')
		.fill('Lieve {voornamen},\n\nOm **zes uur** eten we. Tot nu toe: {antwoord}');
	await page.getByRole('button', { name: 'Save', exact: true }).click();
	await expect(page.getByText('is missing in')).toBeHidden();

	await page.getByLabel('By invitation or answer').check();
	await page.getByLabel('Part of the day').selectOption('Dinner');
	await page.getByLabel('Answer', { exact: true }).selectOption("Somebody hasn't answered");
	await page.getByRole('button', { name: 'Save to whom it goes' }).click();
	await expect(page.getByText('As things stand it reaches 5 households.')).toBeVisible();

	await page.getByRole('link', { name: 'See how it looks' }).click();
	await page.getByLabel('As read by').selectOption('Daniel Okafor');
	await page.getByLabel('Colours').selectOption('Dark');
	await page.getByRole('button', { name: 'Show it' }).click();
	const phone = page.frameLocator('iframe[title$="On a phone"]');
	await expect(phone.getByText('Dear Daniel,')).toBeVisible();
	await expect(phone.locator('.paper')).toHaveCSS('background-color', 'rgb(27, 25, 22)');
	const trial = await nextMail(emailOf('anna'), () =>
		page.getByRole('button', { name: 'Send this to me as a test' }).click()
	);
	expect(trial.subject).toBe('Test: The party begins at eight');

	await page.getByRole('link', { name: 'Back to the message' }).click();
	await page.getByRole('link', { name: 'Go on to sending' }).click();
	await expect(page.getByRole('heading', { name: 'That makes 6 emails to 5 households' })).toBeVisible();
	const missed = page.locator('main section').filter({ hasText: 'cannot get it' });
	await expect(missed.getByRole('listitem').filter({ hasText: 'Hugo' })).toContainText('came back');
	await expect(missed.getByRole('listitem').filter({ hasText: 'Henk' })).toContainText('email address');
	await nextMail(emailOf('daniel'), () => page.getByRole('button', { name: 'Send 6 emails now' }).click());
	await expect(page.getByText(/^Sent on /)).toBeVisible();
	const [daniel] = mails(emailOf('daniel'));
	expect(daniel!.text).toContain(
		'Dear Daniel,\n\nDinner is at **six**. So far: Dinner, Saturday 12 June 2066'
	);
	await expect
		.poll(() => mails(emailOf('sanne')).at(-1)?.text)
		.toContain('Lieve Sanne,\n\nOm **zes uur** eten we.');
	for (const word of ['maria', 'hugo'])
		expect(mails(emailOf(word)).filter(({ subject }) => /acht uur|at eight/.test(subject))).toEqual([]);
});

test('it is scheduled, taken back and deleted, without JavaScript', async ({ browser }) => {
	const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
	await signIn(page, emailOf('anna'));
	await page.goto('/couple/messages/new');
	await expect(page.getByText('{first names}', { exact: true })).toBeVisible();
	const english = page.getByRole('group', { name: 'English', exact: true });
	await english.getByLabel('Subject').fill('Soon');
	await page.getByRole('button', { name: 'Save', exact: true }).click();
	await page.getByLabel('Those I pick').check();
	await page.getByLabel('Sanne & Lotte').check();
	await page.getByRole('button', { name: 'Save to whom it goes' }).click();
	await page.getByRole('link', { name: 'Go on to sending' }).click();
	await expect(page.getByText('2 emails to one household')).toBeVisible();
	await expect(page.getByText('One household reads Dutch')).toBeVisible();
	await page.getByLabel('Day').fill('2066-06-01');
	await page.getByLabel('Time').fill('18:00');
	await page.getByRole('button', { name: 'Send it then' }).click();
	await expect(page.getByText('Goes out on Tuesday 1 June 2066, 18:00')).toBeVisible();
	await page.getByRole('button', { name: 'Take it back' }).click();
	for (const isLast of [false, true]) {
		await page.getByRole('button', { name: 'Delete this draft' }).click();
		await expect(page.getByText('The draft is deleted.')).toBeVisible();
		if (!isLast) await page.getByRole('button', { name: 'Undo it' }).click();
	}
});

test('an invitation in one’s own words has a line for one household', async ({ page }) => {
	await signIn(page, emailOf('anna'));
	await page.goto('/couple/messages');
	await page.getByRole('button', { name: 'Write your own invitation' }).click();
	const dutch = page.getByRole('group', { name: 'Nederlands', exact: true });
	await expect(dutch.getByLabel('Text')).toHaveValue(/^Lieve|^Beste/);
	await page.getByRole('link', { name: 'Write personal lines' }).click();
	await page.getByLabel('Sanne & Lotte').fill('Lotte, neem je gitaar mee!');
	await page.getByRole('button', { name: 'Save', exact: true }).click();
	await expect(page.getByText('Saved.')).toBeVisible();
	await page.goto('/couple/guests?q=Sanne');
	await page.getByRole('button', { name: 'Invite', exact: true }).click();
	const invitation = await nextMail(emailOf('lotte'), () =>
		page.getByRole('button', { name: 'Send the invitation' }).click()
	);
	expect(invitation.text).toContain('Lotte, neem je gitaar mee!');
});
