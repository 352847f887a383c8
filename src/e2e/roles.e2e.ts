import type { APIRequestContext } from '@playwright/test';
import { actions, filled, id, routes } from '../testing/routes.ts';
import { askLink, emailOf, expect, origin, post, test, wedding } from '../testing/site.ts';
import type { Wedding } from '../testing/wedding.ts';

type Who = 'stranger' | 'guest' | 'couple';

/**
 * Who gets in where, for every route on disk by its folder: one outside the groups has to be put in here before this
 * passes. An entry says who is the first to get in, and with them all who come after.
 */
const DOORS: [RegExp, Who][] = [
	[
		/^(login|auth|i|door|seats|feed|webhooks|unsubscribe|language|health|dev|looks|offline|icons|preview|manifest\.webmanifest)(\/|$)/,
		'stranger'
	],
	[/^(\(guest\)|live|pictures|recordings|guestbook|api\/uploads?\/voices?)(\/|$)/, 'guest'],
	[/^(\(couple\)|\(door\)|api)(\/|$)/, 'couple']
];
const ORDER: Who[] = ['stranger', 'guest', 'couple'];

const door = (folder: string) => DOORS.find(([pattern]) => pattern.test(folder))?.[1];
test('every route has a door', () => {
	expect(routes.length).toBeGreaterThan(15);
	expect(routes.filter(({ folder }) => !door(folder)).map(({ path }) => path)).toEqual([]);
});

test.describe.serial('a door that is closed', () => {
	const people = {} as Record<Who, APIRequestContext>;

	let known: Wedding | undefined;

	test.beforeEach(async ({ playwright }) => {
		if (known === wedding()) return;
		known = wedding();
		for (const who of ORDER) people[who] = await playwright.request.newContext({ baseURL: origin() });
		await post(people.guest, await askLink(people.guest, emailOf('daniel')));
		await post(people.couple, await askLink(people.couple, emailOf('anna')));
	});

	const isShut = (who: Who, folder: string) => ORDER.indexOf(who) < ORDER.indexOf(door(folder)!);

	for (const { path, folder, isPage } of routes.filter(({ folder }) => door(folder) !== 'stranger')) {
		test(`refuses reading ${path}`, async () => {
			for (const who of ORDER.filter((one) => isShut(one, folder))) {
				const data = filled(path) === '/' ? '/__data.json' : `${filled(path)}/__data.json`;
				for (const address of isPage ? [filled(path), data] : [filled(path)]) {
					const response = await people[who].get(address, { maxRedirects: 0 });
					// who asks stands below the page, also of a refusal
					const text = (await response.text()).replace('Signed in as Daniel Okafor.', '');
					// a page's data answers 200 and says where to go; an upload's form is on a page behind a door again
					const leads =
						response.headers()['location'] ?? /^\{"type":"redirect".*"location":"([^"]+)/.exec(text)?.[1];
					if (leads)
						expect(leads).toMatch(
							/^\/(login(\?|$)|couple\/recordings(\/[\da-f-]{36})?$|couple\/guests\/import$|couple\/settings\/picture$|couple\/page\/[\da-f-]{36}\/pictures$|couple\/gifts\/[\da-f-]{36}$|guestbook$)/
						);
					else
						expect([401, 403, 404, 405], `${who} ${address} ${response.status()}`).toContain(
							response.status()
						);
					expect(text).not.toMatch(/Jansen|Okafor|@example\.org/);
				}
			}
		});

		test(`refuses changing ${path}`, async () => {
			for (const who of ORDER.filter((one) => isShut(one, folder))) {
				for (const action of [...new Set(['', ...actions(folder)])]) {
					for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
						const response = await people[who].fetch(filled(path) + action, {
							method,
							maxRedirects: 0,
							headers: { origin: origin(), accept: 'text/html' },
							...(method === 'POST' && { form: { id, name: 'x' } })
						});
						const expected = who === 'stranger' ? [401, 404, 405] : [401, 403, 404, 405];
						expect(expected, `${who} ${method} ${path}${action}: ${response.status()}`).toContain(
							response.status()
						);
					}
				}
			}
		});
	}

	test('opens for whom it is meant', async () => {
		for (const { path, folder, isPage } of routes.filter(({ path }) => !path.includes('['))) {
			if (!isPage) continue;
			for (const who of ORDER.filter((one) => !isShut(one, folder))) {
				const response = await people[who].get(path);
				expect(response.status(), `${who} ${path}`).toBe(200);
			}
		}
	});
});
