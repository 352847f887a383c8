import { LANGUAGES } from '../lib/i18n/languages.ts';
import { THEMES } from '../lib/looks/look.ts';
import { writeHtml } from '../lib/mail/letter.ts';
import { findings } from '../testing/axe.ts';
import { chooseLanguage } from '../testing/language.ts';
import { fillGuest, mark, save } from '../testing/household.ts';
import { address, as, PAGES } from '../testing/pages.ts';
import { expect, post, test, wedding } from '../testing/site.ts';

/**
 * What a press 21 px above, below, left or right of its middle misses, in the page. A link within a sentence is as
 * high as its line (WCAG 2.5.8), a box goes by its words.
 */
function small(): string[] {
	const isInSentence = (element: Element) =>
		[...(element.closest('p, li, span')?.childNodes ?? [])].some(
			(node) => node.nodeType === Node.TEXT_NODE && /\p{L}/u.test(node.textContent!)
		);
	const target = (element: Element | null) =>
		element?.closest('label')?.control ?? element?.closest('a, button, summary, input, select, textarea');
	const misses = (element: HTMLElement) => {
		const words = (element as HTMLInputElement).type === 'checkbox' && element.nextElementSibling;
		const shown = element.closest('label') ?? (words || element);
		shown.scrollIntoView({ block: 'center' });
		const { left, top, width, height } = shown.getBoundingClientRect();
		const [x, y] = [left + width / 2, top + height / 2];
		return [
			[x, y - 21],
			[x, y + 21],
			[x - 21, y],
			[x + 21, y]
		].some(([x, y]) => target(document.elementFromPoint(x!, y!)) !== element);
	};
	const all = document.querySelectorAll<HTMLElement>('a, button, summary, input, select, textarea');
	return [...all]
		.filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest('.skip'))
		.filter((element) => !(element.tagName === 'A' && isInSentence(element)) && misses(element))
		.map(({ outerHTML }) => outerHTML);
}

/** The words of headings that stand on two lines: a hyphen or a dash is where one may be broken. */
function broken(): string[] {
	const found: string[] = [];
	for (const heading of document.querySelectorAll('h1, h2, h3, legend, th')) {
		if (!heading.checkVisibility()) continue;
		const texts = document.createTreeWalker(heading, NodeFilter.SHOW_TEXT);
		while (texts.nextNode()) {
			const text = texts.currentNode as Text;
			for (const { index, 0: word } of text.data.matchAll(/[^\s\u00ad–—/-]+/g)) {
				const range = document.createRange();
				range.setStart(text, index);
				range.setEnd(text, index + word.length);
				const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
				if (lines.size > 1) found.push(word);
			}
		}
	}
	return found;
}

/** Of the six, its words are the longest. */
const LONGEST = 'de';

/** Every text of the page becomes one long word; an average is a number, whose stars stand beside it. */
function lengthen() {
	const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	while (texts.nextNode()) {
		const text = texts.currentNode as Text;
		const isKept = !text.data.trim() || text.parentElement!.closest('script, style, .average');
		if (!isKept) text.data = 'W'.repeat(80);
	}
}

/** `AXE=all npm run e2e -- pages.e2e.ts -g axe`: each page in each theme and language, 12 minutes. */
const isThorough = process.env.AXE === 'all';

/** The next theme and language for each page; the couple's own pages have one theme. */
function turns(who: keyof typeof PAGES, place: number): { language: string; theme: string }[] {
	const themes = who === 'couple' ? THEMES.slice(0, 1) : THEMES;
	const all = LANGUAGES.flatMap((language) => themes.map((theme) => ({ language, theme })));
	// seven steps on is another theme and another language
	return isThorough ? all : [all[(place * 7) % all.length]!];
}

for (const who of ['stranger', 'guest', 'couple'] as const) {
	test(`axe finds nothing on the pages of the ${who}, in light and dark`, async ({ browser }) => {
		test.setTimeout(isThorough ? 3_600_000 : 180_000);
		const page = await as(browser, who);
		for (const [place, path] of PAGES[who].entries())
			for (const { language, theme } of turns(who, place)) {
				await post(page.request, '/language', { form: { language } });
				await page.goto(await address(page, path));
				await page.evaluate((theme) => (document.documentElement.dataset.look = theme), theme);
				expect(await findings(page, { colorScheme: 'light' }), `${theme} ${language}`).toEqual([]);
				// nothing but colours is another in the dark
				const rules = ['color-contrast', 'link-in-text-block'];
				expect(await findings(page, { colorScheme: 'dark', rules }), `${theme} ${language}`).toEqual([]);
			}
	});

	test(`what is on the pages of the ${who} fits a phone and a thumb, breaks no rule of ours, throws nothing`, async ({
		browser
	}) => {
		// three tests in one visit of each page
		test.slow();
		const page = await as(browser, who, { locale: `${LONGEST}-AT` });
		if (who !== 'stranger') await post(page.request, '/language', { form: { language: LONGEST } });
		const said: string[] = [];
		page.on('console', (message) => message.type() === 'error' && said.push(message.text()));
		page.on('pageerror', (error) => said.push(error.message));
		const overflow = () =>
			page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
		for (const path of PAGES[who]) {
			await page.setViewportSize({ width: 375, height: 812 });
			await page.goto(await address(page, path), { waitUntil: 'load' });
			await expect(page.locator('html')).toHaveAttribute('lang', LONGEST);
			expect(await overflow(), path).toBe(0);
			expect(await page.evaluate(small), path).toEqual([]);
			// letters twice as large as the browser’s own
			await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
			expect(await overflow(), `${path} in large letters`).toBe(0);
			await page.evaluate(() => (document.documentElement.style.fontSize = ''));
			// as somebody sees it who reads from the right
			await page.evaluate(() => (document.documentElement.dir = 'rtl'));
			expect(await overflow(), `${path} from the right`).toBe(0);
			// a screen of 1280 points enlarged four times, and a small phone
			await page.setViewportSize({ width: 320, height: 256 });
			expect(await overflow(), `${path} from the right, enlarged`).toBe(0);
			await page.evaluate(() => (document.documentElement.dir = 'ltr'));
			expect(await page.evaluate(broken), path).toEqual([]);
			// however long a word is
			await page.evaluate(lengthen);
			expect(await overflow(), path).toBe(0);
		}
		// a page that is not there answers 404, and the browser says so
		expect(said.filter((line) => !line.includes('status of 404'))).toEqual([]);
	});
}

test('a list begins on the first screen, of a laptop and of a phone', async ({ browser }) => {
	const page = await as(browser, 'couple');
	for (const [width, height] of [
		[1280, 800],
		[375, 812]
	] as const) {
		await page.setViewportSize({ width, height });
		for (const path of ['/couple/guests', '/couple/answers', '/couple/cards']) {
			await page.goto(path);
			const first = page.locator('main :is(tbody tr, ul.rows > li)').first();
			const { y } = (await first.boundingBox())!;
			expect(y, `${path} ${width}`).toBeLessThan(height - 44);
		}
	}
});

test('on paper there is the list, and nothing to press', async ({ browser }) => {
	const page = await as(browser, 'couple');
	await page.emulateMedia({ media: 'print' });
	for (const path of ['/couple/guests', '/couple/answers']) {
		await page.goto(path);
		await expect(page.getByText('Oliver Chen').last()).toBeVisible();
		await expect(page.locator('main').locator('button:visible, input:visible, select:visible')).toHaveCount(
			0
		);
	}
	await page.goto('/couple/reminders');
	await expect(page.locator('h1')).toBeHidden();
	await expect(page.locator('#calls h2')).toBeVisible();
});

test('twice the text size puts what stands beside a title below it, and doubles the stars', async ({
	browser
}) => {
	const page = await as(browser, 'couple', { bypassCSP: true });
	await page.goto('/couple/recordings');
	const rows = page.locator('main li').filter({ has: page.locator('.aside') });
	const gap = () =>
		rows.first().evaluate((row) => {
			const [words, aside] = ['.words', '.aside'].map((part) =>
				row.querySelector(part)!.getBoundingClientRect()
			);
			return aside!.top - words!.bottom;
		});
	const stars = async () => (await rows.first().locator('.average svg').boundingBox())!.width;
	const before = await stars();
	expect(await gap()).toBeLessThan(0);
	await page.addStyleTag({ content: 'html { font-size: 200% !important }' });
	expect(await gap()).toBeGreaterThanOrEqual(0);
	expect(await stars()).toBe(2 * before);
});

test('what few rows of the guest list have takes a line of its own, and no column from the others', async ({
	browser
}) => {
	const page = await as(browser, 'couple');
	const email = `${mark()}@example.org`;
	await page.goto('/couple/guests/new');
	await fillGuest(page, 0, email, email);
	await save(page).click();
	const row = page.getByRole('listitem').filter({ hasText: email });
	await row.getByRole('button', { name: 'Invite' }).click();
	await page.getByRole('button', { name: 'Send the invitation' }).click();
	const restore = () =>
		wedding().sql.query(
			`UPDATE delivery SET state = 'unsure', reason = 'restored' WHERE address = $1 AND state = 'sent'`,
			[email]
		);
	await expect.poll(async () => (await restore()).rowCount).toBe(1);

	await page.goto('/couple/guests');
	const notice = row.getByText('restored from a backup');
	const again = row.getByRole('button', { name: 'Send it again' });
	await expect(again).toBeVisible();
	for (const width of [375, 768, 1280]) {
		await page.setViewportSize({ width, height: 900 });
		const [line, told] = [(await row.boundingBox())!, (await notice.boundingBox())!];
		expect(told.width).toBeGreaterThan(Math.min(line.width, 500) - 1);
		const gaps = await page
			.locator('main li:has(> .aside)')
			.evaluateAll((rows) =>
				rows.map(
					(row) =>
						row.getBoundingClientRect().right - row.querySelector('.aside')!.getBoundingClientRect().right
				)
			);
		expect(gaps.filter((gap) => gap > 1)).toEqual([]);
	}
	await again.click();
	await expect(page.getByRole('dialog')).toBeVisible();
});

test('a mail is no wider than a phone, whatever it says', async ({ page }) => {
	const long = 'x'.repeat(80);
	const letter = {
		...{ subject: long, from: long, paragraphs: [`Dear ${long},`], footer: long, language: 'en' },
		...{ button: { label: long, url: `https://example.org/i/${long}` }, code: { label: long, value: long } }
	};
	await page.setContent(writeHtml(letter));
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(375);
});

test('everything a guest does works without JavaScript', async ({ browser }) => {
	const page = await as(browser, 'guest', { javaScriptEnabled: false });
	await page.goto('/recordings');
	await page.locator('main a[href^="/recordings/"]').first().click();
	await expect(page.locator('audio[controls]')).toBeVisible();
	const own = page.locator('fieldset').first();
	const star = (await own.locator('label').nth(1).isChecked()) ? 2 : 1;
	await own.locator('label').nth(star).check();
	await page
		.locator('form')
		.filter({ has: page.locator('fieldset') })
		.first()
		.getByRole('button')
		.click();
	await expect(page.locator('fieldset').first().locator('label').nth(star)).toBeChecked();
	await chooseLanguage(page, 'English');
	await expect(page.locator('html')).toHaveAttribute('lang', 'en');
	await chooseLanguage(page, 'Nederlands');
	await expect(page.locator('html')).toHaveAttribute('lang', 'nl');
});

test('a stranger sees the browser’s language, and the one they choose', async ({ browser }) => {
	const page = await browser.newPage({ locale: 'nl-NL' });
	await page.goto('/login');
	await expect(page.getByRole('button', { name: 'Mail me een link' })).toBeVisible();
	await chooseLanguage(page, 'English');
	await expect(page.getByRole('button', { name: 'Email me a link' })).toBeVisible();
	await expect(page).toHaveURL('/login');
});

test('every answer carries its safety headers', async ({ request }) => {
	for (const path of ['/login', '/favicon.svg', '/nowhere', '/health/live', '/login/__data.json']) {
		const headers = (await request.get(path)).headers();
		expect(headers['x-content-type-options'], path).toBe('nosniff');
		expect(headers['cross-origin-opener-policy'], path).toBe('same-origin');
		expect(headers['cross-origin-resource-policy'], path).toBe('same-origin');
		expect(headers['permissions-policy'], path).toContain('microphone=(self)');
	}
	const { 'content-security-policy': csp = '', 'cache-control': cache } = (
		await request.get('/login')
	).headers();
	for (const rule of [
		"default-src 'self'",
		"object-src 'none'",
		"frame-ancestors 'none'",
		"form-action 'self'",
		"base-uri 'none'"
	]) {
		expect(csp).toContain(rule);
	}
	expect(csp).not.toContain('unsafe-inline');
	expect(cache).toContain('no-store');
	const denied = await post(request, '/couple/guests/new', { form: { name: 'x' } });
	expect(denied.status()).toBe(401);
});
