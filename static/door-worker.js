/*
 * Opens the page at the entrance where there is no network: after a reload, an empty battery, a new release of the site.
 * Whom to expect and what was noted the page keeps itself, see src/lib/door/kept.ts, which also takes this away.
 */
importScripts('/files-of.js');

const [KEPT, PAGE] = ['door', '/door'];
/** Their names change with what is in them. */
const FILE = /^\/(_app\/immutable|looks)\//;
/** For so long the page that is kept waits for the network. */
const PATIENCE_MS = 4000;

addEventListener('install', () => self.skipWaiting());
addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

addEventListener('fetch', (event) => {
	const { request } = event;
	const { origin, pathname } = new URL(request.url);
	if (origin !== location.origin || request.method !== 'GET') return;
	if (request.mode === 'navigate' && pathname === PAGE) event.respondWith(open(event));
	else if (FILE.test(pathname)) event.respondWith(load(event, pathname));
});

// the page came before there was a worker to see it
addEventListener('message', (event) => event.waitUntil(meet(event.data.files)));

const cache = () => caches.open(KEPT);
const find = async (path) => (await cache()).match(path);

async function open(event) {
	const kept = await find(PAGE);
	const asked = fetch(event.request);
	event.waitUntil(asked.then((response) => learn(response.clone())).catch(() => {}));
	if (!kept) return asked;
	try {
		const response = await Promise.race([asked, tooLate()]);
		// one that is shut out learns it from the page's script, which first sees to what was not sent
		return isOurs(response) ? response : kept;
	} catch {
		return kept;
	}
}

const tooLate = () => new Promise((_, reject) => setTimeout(reject, PATIENCE_MS));

/** Not a page that a hotel's network puts in its place, nor one of an error. */
const isOurs = (response) => response.ok && response.headers.has('kept-for');

async function load(event, pathname) {
	const kept = await find(pathname);
	if (kept) return kept;
	const response = await fetch(event.request);
	const copy = response.clone();
	if (response.ok) event.waitUntil(cache().then((all) => all.put(pathname, copy)));
	return response;
}

async function meet(files) {
	if (!(await find(PAGE))) await fetch(PAGE, { headers: { accept: 'text/html' } }).then(learn);
	await keepFiles(files.filter((path) => FILE.test(path)));
}

/** A new release stands in place of the one before once all of it is there: until then that one opens. */
async function learn(page) {
	if (!isOurs(page) || page.redirected) return;
	const text = `${page.headers.get('link')} ${await page.clone().text()}`;
	if (!(await keepFiles(filesIn(text)))) return;
	await (await cache()).put(PAGE, page);
	await tidy(text);
}

/** Each with what it imports; whether all are there. */
async function keepFiles(paths) {
	const kept = await cache();
	const all = new Set(paths);
	let isWhole = true;
	for (const path of all) {
		if (!(await kept.match(path))) await kept.add(path).catch(() => (isWhole = false));
		const file = path.endsWith('.js') && (await kept.match(path));
		for (const more of file ? importsIn(await file.text()) : [])
			all.add(new URL(more, location.origin + path).pathname);
	}
	return isWhole;
}

/** Takes away what neither the page nor anything that it may load names any more. */
async function tidy(page) {
	const kept = await cache();
	const paths = (await kept.keys()).map(({ url }) => new URL(url).pathname);
	const used = new Set([PAGE]);
	const texts = [page];
	for (const text of texts)
		for (const path of paths) {
			if (used.has(path) || !text.includes(path.split('/').at(-1))) continue;
			used.add(path);
			if (/\.(js|css)$/.test(path)) texts.push(await (await kept.match(path)).text());
		}
	for (const path of paths) if (!used.has(path)) await kept.delete(path);
}

/** SvelteKit asks for nodes 0 and 1, the frame and its error, with every page. */
function importsIn(script) {
	const found = script.matchAll(
		/(?:from|import)\s*["'`](\.[^"'`]+\.js)["'`]|import\(["'`](\.\.\/nodes\/[01]\.[^"'`]+)["'`]\)/g
	);
	return [...found].map(([, always, node]) => always ?? node);
}
