import type { Page } from '@playwright/test';
import { addDinner, box, enter, saveAnswer } from '../testing/answering.ts';
import { choose, find, keptAtDoor, letIn, press } from '../testing/door.ts';
import { codeOf } from '../testing/household.ts';
import { emailOf, expect, post, signIn, test, wedding } from '../testing/site.ts';

test.use({ serviceWorkers: 'allow' });

const kept = (page: Page) =>
	page.evaluate(async () => {
		const all = await Promise.all(
			(await caches.keys()).map(async (name) => (await caches.open(name)).keys())
		);
		return all.flat().map(({ url }) => new URL(url).pathname);
	});
const untilKept = (page: Page) => expect.poll(() => kept(page)).toContain('/offline');
const repliesOf = async (household: string) => {
	const { rows } = await wedding().sql.query(
		`SELECT guest.name, reply.state FROM reply JOIN guest ON guest.id = guest_id JOIN household h ON h.id = household_id
		WHERE h.name = $1 ORDER BY guest.name`,
		[household]
	);
	return rows.map(({ name, state }) => `${name} ${state}`);
};

test('without network a guest has the day, their answer and their code; an answer waits, goes once, and all goes at the way out', async ({
	page,
	context,
	browser
}) => {
	// one journey from the first page to the way out
	test.slow();
	await addDinner();
	await enter(page, 'Mei & Oliver');
	await untilKept(page);
	expect(await kept(page)).toEqual(expect.arrayContaining(['/', '/rsvp', '/rsvp/kept', '/card']));

	await context.setOffline(true);
	await page.goto('/');
	await expect(page.getByText('You are offline.')).toBeVisible();
	await expect(page.getByRole('heading', { name: 'Dinner' }).first()).toBeVisible();
	await page.goto('/card');
	await expect(page.getByText(await codeOf('Mei'))).toBeVisible();
	await page.goto('/recordings');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('No network');

	// once there, and then once more from the front page: the later one counts
	await page.goto('/rsvp');
	await box(page, 'Dinner', 'Mei Chen', 'Coming').check();
	await saveAnswer(page).click();
	await page.waitForURL('/rsvp/kept');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Kept on this phone');
	await page.goto('/');
	await box(page, 'Dinner', 'Mei Chen', 'Coming').check();
	await box(page, 'Dinner', 'Oliver Chen', 'Not coming').check();
	await saveAnswer(page).click();
	await page.waitForURL('/rsvp/kept');
	expect(await repliesOf('Mei & Oliver')).toEqual([]);
	await context.setOffline(false);
	await page.waitForURL('/rsvp/thanks');
	expect(await repliesOf('Mei & Oliver')).toEqual(['Mei Chen yes', 'Oliver Chen no']);

	// meanwhile somebody else of them has answered: it comes back, with what was typed
	await expect.poll(() => kept(page)).toContain('/rsvp/thanks');
	await context.setOffline(true);
	await page.goto('/rsvp');
	await page.getByLabel('A song').fill('Waterloo');
	await saveAnswer(page).click();
	await page.waitForURL('/rsvp/kept');
	const other = await browser.newPage({ baseURL: wedding().origin, javaScriptEnabled: false });
	await enter(other, 'Mei & Oliver');
	await other.goto('/rsvp');
	await box(other, 'Dinner', 'Oliver Chen', 'Coming').check();
	await saveAnswer(other).click();
	await other.waitForURL('/rsvp/thanks');
	await context.setOffline(false);
	await page.waitForURL('/rsvp');
	await expect(page.getByText('Nothing has been saved yet')).toBeVisible();
	await expect(page.getByLabel('A song')).toHaveValue('Waterloo');
	expect(await repliesOf('Mei & Oliver')).toEqual(['Mei Chen yes', 'Oliver Chen yes']);

	// somebody else comes in on this phone, and goes out again
	await page.goto(`/i/${await codeOf('Hugo')}`);
	await page.locator('main').getByRole('button').click();
	await page.waitForURL('/');
	await untilKept(page);
	const others = await page.evaluate(async () => (await (await caches.match('/card'))?.text()) ?? '');
	expect(others).not.toContain('Mei');
	await page.getByRole('button', { name: 'Sign out', exact: true }).click();
	await page.waitForURL('/login');
	expect(await kept(page)).toEqual([]);
	await context.setOffline(true);
	await expect(page.goto('/')).rejects.toThrow(/ERR_INTERNET_DISCONNECTED|ERR_FAILED/);
});

test('without network the door opens again with its list and what it noted, also from a release that is gone', async ({
	page,
	browser
}) => {
	await addDinner();
	await signIn(page, emailOf('anna'));
	const phone = await letIn(browser, page, 'Gate', { serviceWorkers: 'allow' });
	const context = phone.context();
	const paths = async () => (await keptAtDoor(phone)).paths.join(' ');
	// the page with all its files, and the reader of codes
	await expect.poll(paths).toMatch(/\/door( |$)/);
	await expect.poll(paths).toMatch(/zxing_reader\.\S*wasm/);

	await context.setOffline(true);
	await find(phone, 'mei');
	await choose(phone, 'Mei & Oliver');
	await press(phone, 'Mei Chen is in');
	await expect(phone.getByText('1 note not sent yet')).toBeVisible();
	await phone.reload();
	await expect(phone.getByText('1 note not sent yet')).toBeVisible();
	await find(phone, 'mei');
	await choose(phone, 'Mei & Oliver');
	await press(phone, 'Oliver Chen is in');
	await press(phone, 'Sign this phone out');
	await expect(phone.getByText('Not yet: some notes')).toBeVisible();

	// a site that is being brought up to date, and has not the old files any more
	let asked = 0;
	await context.route(/\/door$/, (route) => {
		asked++;
		return route.fulfill({ status: 503, body: 'soon' });
	});
	await context.route(/\/door\/(arrivals|list)$/, (route) => route.abort());
	await context.setOffline(false);
	await phone.reload();
	await expect(phone.getByText('2 notes not sent yet')).toBeVisible();
	expect(asked).toBe(1);
	expect((await post(phone.request, '/auth/logout')).status()).toBe(409);

	// and a new release of which a file does not arrive: without network the one before opens, whole
	await context.route(/\/door$/, async (route) => {
		const response = await route.fetch();
		const body = (await response.text()).replace('</head>', '<link href="/_app/immutable/new.css" /></head>');
		await route.fulfill({ response, body });
	});
	await phone.reload();
	await expect(phone.locator('link[href="/_app/immutable/new.css"]')).toHaveCount(1);
	await context.setOffline(true);
	await context.unrouteAll();
	await phone.reload();
	await expect(phone.getByText('2 notes not sent yet')).toBeVisible();
	await expect(phone.locator('link[href="/_app/immutable/new.css"]')).toHaveCount(0);

	await context.setOffline(false);
	await expect(phone.getByText('not sent yet')).toHaveCount(0);
	await press(phone, 'Sign this phone out');
	await phone.waitForURL('/login');
	expect(await keptAtDoor(phone)).toEqual({ paths: [], arrivals: 0, values: 0 });
});
