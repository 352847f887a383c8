/*
 * Shows a guest's own pages where there is no network, and keeps an answer that could not be sent until it can be. It
 * keeps nothing else: no page of the couple's, no recording, nothing of anybody who was here before. With network
 * every page comes from the site, so that none is ever an old one.
 */
importScripts('/files-of.js');

const PAGES = ['/', '/rsvp', '/rsvp/thanks', '/rsvp/kept', '/card', '/offline'];
/** What is kept for whoever is here, and an answer of theirs. */
const [KEPT, ANSWER] = ['kept', 'answer'];
const OWNER = '/kept-for';
/** Says whose a page is: person, blank, language; "nobody" of a stranger's and of the couple's. */
const HEADER = 'kept-for';
const DAY_MS = 86_400_000;
/** For so long a page that is kept waits for the network. */
const PATIENCE_MS = 4000;

addEventListener('install', () => self.skipWaiting());
addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

addEventListener('fetch', (event) => {
	const { request } = event;
	const { origin, pathname } = new URL(request.url);
	if (origin !== location.origin) return;
	if (request.method === 'POST') {
		if (pathname === '/rsvp') event.respondWith(answer(event));
		if (pathname === '/auth/logout') event.waitUntil(forget());
		if (pathname === '/rsvp/place' || pathname === '/language') event.waitUntil(outdate());
	} else if (request.mode === 'navigate' && !/\.\w+$/.test(pathname)) {
		event.respondWith(open(event, pathname));
	} else if (/^\/(_app\/immutable|pictures|icons)\/|^\/(offline|answer)\.js$/.test(pathname)) {
		event.respondWith(fetch(request).catch(async () => (await find(pathname)) ?? Response.error()));
	} else if (pathname.endsWith('/__data.json')) {
		event.respondWith(fetch(request).catch(() => leave(event.clientId, pathname)));
	}
});

addEventListener('message', (event) => {
	const { files, isOnline } = event.data;
	if (files) event.waitUntil(meet().then(() => keepFiles(files)));
	if (isOnline) event.waitUntil(sendSoon());
});

// where a browser can wait for the network by itself
addEventListener('sync', (event) => event.tag === ANSWER && event.waitUntil(send()));

const cache = () => caches.open(KEPT);
const find = async (path) => (await cache()).match(path);

async function open(event, pathname) {
	const held = await findAnswer();
	if (pathname === '/rsvp' && held?.isRefused) {
		const page = await showRefused(held).catch(() => undefined);
		if (page) return page;
	}
	const kept = PAGES.includes(pathname) ? await find(pathname) : undefined;
	try {
		const asked = fetch(event.request);
		const response = await (kept ? Promise.race([asked, tooLate()]) : asked);
		event.waitUntil(learn(pathname, response.clone()));
		if (!held) return response;
		if (!held.isRefused) event.waitUntil(sendSoon());
		return mark(response, `data-answer="${held.isRefused ? 'refused' : 'held'}"`);
	} catch {
		const page = kept ?? (await find('/offline'));
		if (!page) return Response.error();
		return mark(page, `data-offline ${held ? `data-answer="${held.isRefused ? 'refused' : 'held'}"` : ''}`);
	}
}

/** A page's script would say that the next one is broken: so the browser opens it, and shows what is kept. */
async function leave(clientId, pathname) {
	const client = await self.clients.get(clientId);
	const to = pathname.replace(/\/?__data\.json$/, '') || '/';
	if (client && new URL(client.url).pathname !== to) await client.navigate(to).catch(() => {});
	return Response.error();
}

const tooLate = () => new Promise((_, reject) => setTimeout(reject, PATIENCE_MS));

/** For the page's style to say it: pages without a script have to, too. */
async function mark(response, attributes) {
	if (!response.headers.get('content-type')?.startsWith('text/html')) return response;
	const headers = new Headers(response.headers);
	for (const name of ['content-length', 'content-encoding']) headers.delete(name);
	const html = (await response.text()).replace('<html', `<html ${attributes}`);
	return new Response(html, { status: response.status, headers });
}

/** What a page that came from the site tells of whoever is here, and what is to be kept of it. */
async function learn(pathname, response) {
	const owner = response.headers.get(HEADER);
	if (!owner || !response.ok) return;
	await own(owner);
	const isKept = PAGES.includes(pathname) && owner !== 'nobody' && !response.redirected;
	if (isKept) await keep(pathname, response);
	await fill();
}

/** The first page of all came before there was a worker to see it. */
async function meet() {
	if (await find(OWNER)) return;
	const response = await fetch('/', { headers: { accept: 'text/html' } }).catch(() => undefined);
	if (response) await learn('/', response);
}

/** Nothing stays of those who were here before, or of another language. */
async function own(owner) {
	const before = await (await find(OWNER))?.text();
	if (owner === before) return;
	await caches.delete(KEPT);
	await (await cache()).put(OWNER, new Response(owner));
	const held = await findAnswer();
	// one's own waits until one is here again
	if (held && owner !== 'nobody' && held.person !== personOf(owner)) await caches.delete(ANSWER);
}

const personOf = (owner) => owner.split(' ')[0];

/** Asks for the pages that are not there, or not of today. */
async function fill({ isEvery = false } = {}) {
	const owner = await (await find(OWNER))?.text();
	if (!owner) return;
	for (const path of owner === 'nobody' ? ['/offline'] : PAGES) {
		const kept = await find(path);
		const isFresh = kept && Date.now() - Date.parse(kept.headers.get('date')) < DAY_MS;
		if (isFresh && !isEvery) continue;
		const response = await fetch(path, { headers: { accept: 'text/html' } }).catch(() => undefined);
		if (response?.headers.get(HEADER) !== owner) return;
		if (response.ok && !response.redirected) await keep(path, response);
		else await (await cache()).delete(path);
	}
	await tidy();
}

async function keep(path, response) {
	await keepFiles(await filesOf(response.clone()));
	await (await cache()).put(path, response);
}

const filesOf = async (page) => filesIn(`${page.headers.get('link')} ${await page.text()}`);

/** Gives back the addresses of those that are wanted: none of these pages has a script with others in it. */
async function keepFiles(paths) {
	const owner = await (await find(OWNER))?.text();
	const isWanted = (path) => /^\/(_app\/immutable\/|(offline|answer)\.js$)/.test(path);
	const isPicture = (path) => owner !== 'nobody' && path.startsWith('/pictures/');
	const all = new Set(owner ? paths.filter((path) => isWanted(path) || isPicture(path)) : []);
	const kept = await cache();
	for (const path of all) if (!(await kept.match(path))) await kept.add(path).catch(() => {});
	return all;
}

/** Takes away the scripts and styles of pages as they were before a deploy. */
async function tidy() {
	const kept = await cache();
	const pages = (await Promise.all(PAGES.map((path) => kept.match(path)))).filter(Boolean);
	const used = await keepFiles((await Promise.all(pages.map(filesOf))).flat());
	for (const { url } of await kept.keys()) {
		const { pathname } = new URL(url);
		if (/^\/_app\/.*\.(js|css)$/.test(pathname) && !used.has(pathname)) await kept.delete(url);
	}
}

/** Everything, also an answer that waits: whoever comes next finds nothing. */
async function forget() {
	await caches.delete(KEPT);
	await caches.delete(ANSWER);
}

/** What is kept says what is not so any more: it is asked for again with the next page. */
async function outdate() {
	for (const path of PAGES) if (path !== '/offline') await (await cache()).delete(path);
}

/* An answer. */

async function answer(event) {
	const { request } = event;
	const copy = request.clone();
	try {
		const response = await fetch(request);
		event.waitUntil(settle(response.clone()));
		return response;
	} catch {
		if (!(await hold(copy))) return Response.error();
		const location = '/rsvp/kept';
		const isScript = copy.headers.has('x-sveltekit-action');
		return isScript
			? Response.json({ type: 'redirect', status: 303, location })
			: Response.redirect(location, 303);
	}
}

/** Keeps it in place of one that waited already; says whether it could. */
async function hold(request) {
	const owner = await (await find(OWNER))?.text();
	if (!owner || owner === 'nobody' || !(await find('/rsvp/kept'))) return false;
	const headers = { 'content-type': request.headers.get('content-type'), person: personOf(owner) };
	await (await caches.open(ANSWER)).put('/rsvp', new Response(await request.arrayBuffer(), { headers }));
	await self.registration.sync?.register(ANSWER).catch(() => {});
	return true;
}

async function findAnswer() {
	const held = (await caches.has(ANSWER)) && (await (await caches.open(ANSWER)).match('/rsvp'));
	if (!held) return undefined;
	const { headers } = held;
	return { held, person: headers.get('person'), isRefused: headers.has('refused') };
}

/** One that was sent in the ordinary way is the newest there is. */
async function settle(response) {
	const isSent = response.type === 'opaqueredirect' || (await typeOf(response)) === 'redirect';
	if (isSent) await finish();
}

async function finish() {
	await caches.delete(ANSWER);
	await fill({ isEvery: true });
}

const typeOf = async (response) => (await response.json().catch(() => ({}))).type;

/** A network that has just come back may not be there yet. */
async function sendSoon() {
	for (const seconds of [0, 1, 3, 10]) {
		await new Promise((go) => setTimeout(go, seconds * 1000));
		const isDone = await send().then(
			() => true,
			() => false
		);
		if (isDone) return;
	}
}

/** Sends what waits, once whoever asks for it; rejects where it still cannot be. */
function send() {
	return navigator.locks.request(ANSWER, async () => {
		const found = await findAnswer();
		if (!found || found.isRefused) return;
		const { held } = found;
		const owner = await (await find(OWNER))?.text();
		if (owner && owner !== 'nobody' && personOf(owner) !== found.person) return;
		const response = await post(held.clone(), { accept: 'application/json', 'x-sveltekit-action': 'true' });
		const { status, type } = await response.json().then((result) => ({ status: response.status, ...result }));
		if (type === 'redirect') {
			await finish();
			return tell('sent');
		}
		// not signed in any more, too often, or the site is away: later
		if (status === 401 || status === 429 || status >= 500) throw new Error(`not taken: ${status}`);
		const headers = new Headers(held.headers);
		headers.set('refused', status);
		await (await caches.open(ANSWER)).put('/rsvp', new Response(await held.arrayBuffer(), { headers }));
		await tell('refused');
	});
}

/** The site says once more why it does not take it, on its own page, with everything that was typed. */
async function showRefused({ held }) {
	const response = await post(held.clone(), { accept: 'text/html' });
	const isTaken = response.type === 'opaqueredirect';
	if (isTaken || [403, 409, 422].includes(response.status)) {
		await caches.delete(ANSWER);
		return response;
	}
	// what it was about is not there any more
	if (response.status === 404 || response.status === 410) await caches.delete(ANSWER);
	return undefined;
}

async function post(held, headers) {
	const type = held.headers.get('content-type');
	return fetch('/rsvp', {
		...{ method: 'POST', redirect: 'manual', body: await held.arrayBuffer() },
		headers: { 'content-type': type, ...headers }
	});
}

async function tell(answer) {
	for (const client of await self.clients.matchAll()) client.postMessage({ answer });
}
