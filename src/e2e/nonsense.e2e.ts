import { request as ask, type RequestOptions } from 'node:http';
import type { APIRequestContext } from '@playwright/test';
import { filled, routes } from '../testing/routes.ts';
import { askLink, emailOf, expect, origin, post, test } from '../testing/site.ts';

/**
 * What no page of ours sends. Whoever does is told so: an answer of 500 would be a bug report that any stranger can
 * make, as often as they like.
 */
const FORM = 'application/x-www-form-urlencoded';
const long = 'x'.repeat(8000);

const ADDRESSES = [
	...[
		'?/default',
		'?/__proto__',
		'?/toString',
		'?/',
		'?/%00',
		'?%2Fdefault',
		'?/default&/save=1',
		`?${long}`
	],
	...['?q=%ff%00&only=__proto__&code=%00&next=%00&token=%E0%A4%A&saved=%27&after=%00', '?a=1&'.repeat(1500)],
	...['/__data.json', '/__data.json?x-sveltekit-invalidated=zz', '/__data.json?x-sveltekit-trailing-slash=2'],
	...['/__data.json?x-sveltekit-invalidated=11111111&/default', '/__route.js', '?x-sveltekit-invalidated=1'],
	...[
		'/%',
		'/%ff',
		'/%00',
		'%00',
		'/%2e%2e/',
		'//',
		'/a:b',
		'/;',
		'/\\',
		`/${long}`,
		'/.%0d%0aSet-Cookie:a=b'
	]
];

const COOKIES = [
	'session=%00',
	'language=%E0%A4%A',
	'nonce=\xff\xfe',
	'=;=;;',
	'__proto__=1; language=__proto__'
];

const HEADERS: Record<string, string>[] = [
	{ 'x-sveltekit-action': 'true' },
	...[{ accept: 'application/json' }, { accept: ';q=x,,/' }, { 'accept-language': ',;q=,x'.repeat(500) }],
	...[{ range: 'bytes=9-1,-' }, { 'if-none-match': '"\xff' }, { 'if-modified-since': 'never' }],
	...[
		{ host: 'a@b:c' },
		{ 'x-forwarded-for': ',' },
		{ traceparent: '00-x' },
		{ 'x-http-method-override': 'PUT' }
	]
];

const TYPES = [
	...['text/plain', 'application/json', 'multipart/form-data', 'multipart/form-data; boundary=', 'x'],
	...[`${FORM}; charset=utf-99`, 'application/x-sveltekit-formdata', 'multipart/form-data; boundary=\xff"']
];

const BODIES = ['%ff=%zz&__proto__.a=1&a[b]=c&name.x.y.z.w=1', '\0', '--x\r\n', '{"a":', ''];

type Question = RequestOptions & { body?: string };

function questions(path: string): Question[] {
	const here = filled(path);
	const below = (more: string) => (here === '/' && more.startsWith('/') ? more : here + more);
	const posts = BODIES.map((body) => ({ method: 'POST', body }));
	return [
		...ADDRESSES.map((more) => ({ path: below(more) })),
		...['%00', '%ff', '__proto__', '%E0%A4%A', '..%2f', "'", long].map((odd) => ({
			path: path.replace(/\[[^\]]+\]/, odd)
		})),
		...COOKIES.map((cookie) => ({ path: here, headers: { cookie } })),
		...HEADERS.map((headers) => ({ path: here, headers })),
		...['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND'].map((method) => ({ path: here, method })),
		...ADDRESSES.map((more) => ({ path: below(more), method: 'POST', body: 'a=1' })),
		...ADDRESSES.slice(0, 5).map((more) => ({
			...{ path: below(more), method: 'POST', body: 'a=1' },
			headers: { accept: 'application/json', 'x-sveltekit-action': 'true' }
		})),
		...posts.map((one) => ({ path: here, ...one })),
		...TYPES.flatMap((type) =>
			posts.map((one) => ({ path: here, ...one, headers: { 'content-type': type } }))
		),
		...HEADERS.map((headers) => ({ path: here, headers, ...posts[0] }))
	];
}

/** Each of them at every tenth route, and all of them within ten routes: who reads them is mostly the same code. */
const turn = (place: number) => (_: unknown, n: number) => n % 10 === place % 10;

function send({ body, headers = {}, ...question }: Question, own: Record<string, string>) {
	const { promise, resolve, reject } = Promise.withResolvers<[number, Record<string, unknown>]>();
	const posted = body === undefined ? {} : { origin: origin(), 'content-type': FORM };
	const all = { accept: 'text/html', ...posted, ...own, ...(headers as object) };
	const asked = ask({
		host: 'localhost',
		port: new URL(origin()).port,
		...question,
		headers: all,
		agent: false,
		maxHeaderSize: 1 << 20
	});
	asked.on('error', reject).on('response', (response) => {
		const answer = () => resolve([response.statusCode!, response.headers]);
		response.resume().on('end', answer);
		// an open stream has no end
		if (response.headers['content-type'] === 'text/event-stream') response.on('close', answer).destroy();
	});
	asked.end(body);
	return promise;
}

async function cookies(request: APIRequestContext): Promise<string> {
	const { cookies } = await request.storageState();
	return cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
}

test('nonsense is refused at every route, whoever sends it, and is never a bug', async ({ playwright }) => {
	test.setTimeout(180_000);
	const couple = await playwright.request.newContext({ baseURL: origin() });
	await post(couple, await askLink(couple, emailOf('anna')));
	for (const own of [{}, { cookie: await cookies(couple) }] as Record<string, string>[]) {
		const asked = routes.filter(({ path }) => path !== '/auth/logout' || !('cookie' in own));
		for (const [place, { path }] of asked.entries()) {
			const answers = await Promise.all(
				questions(path)
					.filter(turn(place))
					.map(async (question) => {
						const [status, headers] = await send(question, own);
						const isStrict = headers['content-security-policy'] && headers['x-content-type-options'];
						return status < 500 && isStrict ? [] : [`${status} ${JSON.stringify(question).slice(0, 200)}`];
					})
			);
			expect(answers.flat(), path).toEqual([]);
		}
	}
});
