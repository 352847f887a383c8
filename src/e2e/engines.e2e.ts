import { type Engine, press, type, until } from '../testing/engine.ts';
import * as firefox from '../testing/firefox.ts';
import { emailOf, expect, nextMail, origin, test } from '../testing/site.ts';
import * as webkit from '../testing/webkit.ts';

// each gives other stars, for they have one wedding: the same ones again would take them back
const ENGINES = {
	Firefox: { ...firefox, packages: 'firefox-esr', stars: 3 },
	WebKit: { ...webkit, packages: 'webkit2gtk-driver, xvfb and the plugins of gstreamer', stars: 4 }
};

const CURRENT = 'nav [aria-current]';

const reads = (engine: Engine, words: string) =>
	until(`the page reads ${words}`, () =>
		engine.run((words) => document.body.textContent!.includes(words), words)
	);
const isAt = (engine: Engine, path: string) =>
	until(`the page is ${path}`, () =>
		engine.run((path) => location.pathname === path && document.readyState === 'complete', path)
	);

/** A press is heard: by the page's scripts, or by what waits for them. */
const listens = (engine: Engine) =>
	until('the player can be pressed', () =>
		engine.run(
			() => document.querySelector('.player') !== null && document.documentElement.dataset.waits !== ''
		)
	);

/** By mail, as anybody does. */
async function signIn(engine: Engine, address: string): Promise<void> {
	await engine.go(`${origin()}/login`);
	await type(engine, 'input[name=email]', address);
	const { link } = await nextMail(address, () => press(engine, 'form[action="/auth/send-link"] button'));
	await engine.go(link);
	await press(engine, 'main button');
}

/** How the line under the name of the current page is drawn. */
const line = (engine: Engine) =>
	engine.run((selector) => {
		const style = getComputedStyle(document.querySelector(selector)!);
		return [style.textDecorationLine, style.textDecorationThickness];
	}, CURRENT);

for (const [name, { isInstalled, packages, stars, start }] of Object.entries(ENGINES)) {
	if (!isInstalled)
		console.warn(`SKIPPED: ${name} is not installed (${packages}), so nothing is tried in it.`);

	test.describe(name, () => {
		test.skip(!isInstalled);
		let engine: Engine;
		test.beforeEach(async () => {
			engine = await start();
		});
		test.afterEach(() => engine.close());

		test('a guest signs in, hears a recording and gives it stars', async () => {
			await signIn(engine, emailOf('mei'));
			await reads(engine, 'Signed in as Mei Chen.');
			await press(engine, 'nav a[href="/recordings"]');
			await isAt(engine, '/recordings');
			await reads(engine, 'The waltz');
			expect(await line(engine)).toEqual(['underline', '1px']);

			await press(engine, 'main ol > li a');
			await listens(engine);
			await press(engine, '.player button');
			await until('the recording plays', () =>
				engine.run(() => document.querySelector('audio')!.currentTime > 0.5)
			);
			await press(engine, `fieldset label:nth-of-type(${stars})`);
			await until('the stars are stored', () =>
				engine.run(() => document.querySelector('fieldset [role=status]')!.textContent === 'Saved')
			);
			await press(engine, 'nav a[href="/recordings"]');
			await isAt(engine, '/recordings');
			await until('the list has them', () =>
				engine.run(
					(words) => document.querySelector('main ol > li')!.textContent.includes(words),
					`${stars} of 5`
				)
			);
		});

		test('the couple finds a guest on the list', async () => {
			await signIn(engine, emailOf('anna'));
			await isAt(engine, '/couple');
			// one of them opens a window of its own size
			if (await engine.run(() => innerWidth < 960)) await press(engine, 'nav summary');
			await press(engine, 'nav :is(details[open], .bar) a[href="/couple/guests"]');
			await isAt(engine, '/couple/guests');
			await type(engine, 'input[name=q]', 'yilmaz\uE007');
			await until('one household is found', () =>
				engine.run(() => document.querySelectorAll('main ul[aria-label] > li').length === 1)
			);
			await reads(engine, 'Family Yılmaz');
			expect(await line(engine)).toEqual(['underline', '1px']);
		});
	});
}
