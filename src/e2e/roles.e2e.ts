import type { APIRequestContext } from '@playwright/test';
import { actions, filled, id, routes } from '../testing/routes.ts';
import { askLink, emailOf, expect, origin, post, test, wedding } from '../testing/site.ts';
import type { Wedding } from '../testing/wedding.ts';

type Who = 'stranger' | 'guest' | 'couple';

/**
 * Who gets in where, for every route on disk: a new one has to be put in here before this passes. An entry says
 * what the first of these may do, and with it all who come after.
 */
const DOORS: [RegExp, Who][] = [
	[/^\/(login|auth|i|language|health|dev)(\/|$)/, 'stranger'],
	[/^\/$|^\/recordings(\/|$)/, 'guest'],
	[/^\/(couple|api)(\/|$)/, 'couple']
];
const ORDER: Who[] = ['stranger', 'guest', 'couple'];

const door = (path: string) => DOORS.find(([pattern]) => pattern.test(path))?.[1];
test('every route has a door', () => {
	expect(routes.length).toBeGreaterThan(15);
	expect(routes.filter(({ path }) => !door(path)).map(({ path }) => path)).toEqual([]);
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

	const isShut = (who: Who, path: string) => ORDER.indexOf(who) < ORDER.indexOf(door(path)!);

	for (const { path, folder, isPage } of routes.filter(({ path }) => door(path) !== 'stranger')) {
		test(`refuses reading ${path}`, async () => {
			for (const who of ORDER.filter((one) => isShut(one, path))) {
				const data = filled(path) === '/' ? '/__data.json' : `${filled(path)}/__data.json`;
				for (const address of isPage ? [filled(path), data] : [filled(path)]) {
					const response = await people[who].get(address, { maxRedirects: 0 });
					// who asks stands below the page, also of a refusal
					const text = (await response.text()).replace('Signed in as Daniel Okafor.', '');
					// a page's data answers 200 and says where to go; an upload's form is on a page behind a door again
					const leads =
						response.headers()['location'] ?? /^\{"type":"redirect".*"location":"([^"]+)/.exec(text)?.[1];
					if (leads) expect(leads).toMatch(/^\/(login(\?|$)|couple\/recordings$)/);
					else
						expect([401, 403, 404, 405], `${who} ${address} ${response.status()}`).toContain(
							response.status()
						);
					expect(text).not.toMatch(/Jansen|Okafor|@example\.org/);
				}
			}
		});

		test(`refuses changing ${path}`, async () => {
			for (const who of ORDER.filter((one) => isShut(one, path))) {
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
		for (const { path, isPage } of routes.filter(({ path }) => !path.includes('['))) {
			if (!isPage) continue;
			for (const who of ORDER.filter((one) => !isShut(one, path))) {
				const response = await people[who].get(path);
				expect(response.status(), `${who} ${path}`).toBe(200);
			}
		}
	});
});
