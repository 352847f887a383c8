/*
 * What a guest's browser fetches of JavaScript and CSS, compressed as the server sends it: when it opens a page, and once
 * somebody touches one whose scripts wait for that. With everything that they import, also what is only preloaded.
 *
 *   node bench/weight.ts
 */
import { gzipSync } from 'node:zlib';
import { say } from './measure.ts';
import { connect, startDatabase, startSite } from '../src/testing/processes.ts';
import { fill, signIn } from './wedding.ts';

const SECRET = 'somebody';

const database = await startDatabase(async (client) => {
	await fill(client);
	await signIn(client, [SECRET]);
});
const site = await startSite({ DATABASE_URL: database.url });
const client = await connect(database.url);
const headers = { cookie: `session=${SECRET}`, 'accept-encoding': 'br, gzip' };

/** Bytes on the wire: `fetch` unpacks, but tells the length of what came. */
async function fetched(url: URL): Promise<{ bytes: number; text: string }> {
	const response = await fetch(url, { headers });
	const text = await response.text();
	return { bytes: Number(response.headers.get('content-length') ?? text.length), text };
}

/** Scripts that wait until the page is touched. */
const WAITING = /<link [^>]*data-rel="modulepreload"[^>]*>|import\("[^"]*\/entry\/[^"]*"\)/g;

async function weigh(path: string, stranger: boolean, isTouched: boolean) {
	const page = new URL(path, site.url);
	const answer = await fetch(page, stranger ? {} : { headers });
	if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
	// what stands in the page itself is named there once more, and not fetched
	const whole = (await answer.text()).replaceAll(/<link [^>]*\bdisabled\b[^>]*>/g, '');
	const html = isTouched || !whole.includes('/touched.js') ? whole : whole.replaceAll(WAITING, '');
	const found = new Map<string, number>();
	const queue = [...html.matchAll(/(?:href|src|import\()\s*=?\s*"([^"]+\.(?:js|css))"/g)].map(
		([, url]) => new URL(url!, page)
	);
	for (let url = queue.pop(); url; url = queue.pop()) {
		if (found.has(url.href)) continue;
		const { bytes, text } = await fetched(url);
		found.set(url.href, bytes);
		if (!url.pathname.endsWith('.js')) continue;
		for (const [, target] of text.matchAll(/(?:from|import)\s*"(\.[^"]+\.js)"/g))
			queue.push(new URL(target!, url));
	}
	const sum = (kind: string) =>
		[...found].filter(([url]) => url.endsWith(kind)).reduce((total, [, bytes]) => total + bytes, 0) / 1000;
	const inPage = [...html.matchAll(/<style[^>]*>(.*?)<\/style>/gs)].map(([, style]) => style).join('');
	return { js: sum('.js'), css: sum('.css') + gzipSync(inPage).length / 1000 };
}

try {
	const { rows } = await client.query(
		`SELECT (SELECT code FROM household LIMIT 1) AS code, (SELECT id FROM recording LIMIT 1) AS id`
	);
	const { code, id } = rows[0];
	for (const [name, path, stranger = false] of [
		['login', '/login', true],
		['card', `/i/${code}`, true],
		['wedding', '/'],
		['invitation', '/rsvp'],
		['list', '/recordings'],
		['recording', `/recordings/${id}`]
	] as const) {
		const { js, css } = await weigh(path, stranger, false);
		say({ bench: `${name}, JavaScript`, ours: js, bare: null, unit: 'kB', atMost: 45 });
		say({ bench: `${name}, CSS`, ours: css, bare: null, unit: 'kB', atMost: 15 });
		const touched = await weigh(path, stranger, true);
		if (touched.js > js)
			say({ bench: `${name}, JavaScript once touched`, ours: touched.js, bare: null, unit: 'kB' });
	}
} finally {
	await client.end();
	await site.stop();
	await database.stop();
}
