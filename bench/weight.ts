/*
 * What a guest's browser fetches of JavaScript and CSS, compressed as the server sends it: the first pages, and those
 * that follow. With everything that they import, also what is only preloaded.
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

async function weigh(path: string, stranger = false) {
	const page = new URL(path, site.url);
	const answer = await fetch(page, stranger ? {} : { headers });
	if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
	// what stands in the page itself is named there once more, and not fetched
	const html = (await answer.text()).replaceAll(/<link [^>]*\bdisabled\b[^>]*>/g, '');
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
	for (const [name, path, stranger, isFirst] of [
		['login', '/login', true, true],
		['card', `/i/${code}`, true, true],
		['wedding', '/', false, true],
		['invitation', '/rsvp', false, true],
		['list', '/recordings', false, true],
		['recording', `/recordings/${id}`, false, false]
	] as const) {
		const { js, css } = await weigh(path, stranger);
		const limit = (atMost: number) => (isFirst ? { atMost } : {});
		say({ bench: `${name}, JavaScript`, ours: js, bare: null, unit: 'kB', ...limit(45) });
		say({ bench: `${name}, CSS`, ours: css, bare: null, unit: 'kB', ...limit(15) });
	}
} finally {
	await client.end();
	await site.stop();
	await database.stop();
}
