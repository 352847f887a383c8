import { isRedirect, redirect, type RequestEvent } from '@sveltejs/kit';
import {
	type CaughtError,
	type Handle,
	type HandleServerError,
	sequence,
	type ServerInit
} from '@sveltejs/kit/hooks';
import * as authJobs from '#lib/auth/jobs.server.ts';
import * as cookies from '#lib/auth/cookies.server.ts';
import * as requests from '#lib/auth/requests.server.ts';
import * as sessions from '#lib/auth/sessions.server.ts';
import { choose, COOKIE, inLanguage } from '#lib/i18n/language.server.ts';
import { say } from '#lib/i18n/say.server.ts';
import { asProblem, pool } from '#lib/kernel/db.server.ts';
import { isTooLarge } from '#lib/kernel/incoming.server.ts';
import * as jobs from '#lib/kernel/jobs.server.ts';
import { log } from '#lib/kernel/log.server.ts';
import { Problem } from '#lib/kernel/problem.ts';
import { HEADER, inRequest, name, requestId } from '#lib/kernel/request.server.ts';
import { settings } from '#lib/kernel/settings.server.ts';
import { may } from '#lib/kernel/viewer.ts';
import * as expiry from '#lib/ops/expiry.server.ts';
import * as opsJobs from '#lib/ops/jobs.server.ts';
import * as mailJobs from '#lib/mail/jobs.server.ts';
import * as outbox from '#lib/mail/outbox.server.ts';
import * as watch from '#lib/ops/watch.server.ts';
import * as peopleJobs from '#lib/people/jobs.server.ts';
import * as recordingJobs from '#lib/recordings/jobs.server.ts';
import * as programme from '#lib/recordings/programme.server.ts';
import * as weddings from '#lib/weddings/weddings.server.ts';
import errorPage from './error.html?raw';

export const init: ServerInit = async () => {
	await watch.begin();
	const queues = [
		mailJobs.sending({ login: authJobs.login, invitation: peopleJobs.inviting(programme.count) }),
		mailJobs.reviving,
		authJobs.sweeping,
		recordingJobs.fingerprinting,
		recordingJobs.sweeping,
		...opsJobs.backups(),
		...(settings.RETENTION_DAYS ? [expiry.expiring] : [])
	];
	const started = jobs.start(queues.map(watch.watched));
	for (const sweep of [recordingJobs.sweep, outbox.revive])
		started.then(sweep).catch((error) => log.warn({ error: String(error) }, 'not swept'));
	process.on('sveltekit:shutdown', (_reason: string, waitUntil: (work: Promise<unknown>) => void) => {
		waitUntil(
			requests
				.settled()
				.then(() => jobs.stop())
				.then(() => watch.end())
				.then(() => pool.end())
		);
	});
};

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Only our own pages change anything: SvelteKit's check lets JSON and typeless posts of other sites pass. */
const ownOrigin: Handle = ({ event, resolve }) => {
	const { method, headers } = event.request;
	if (!READING.has(method) && headers.get('origin') !== settings.ORIGIN) {
		throw new Problem(403, 'other_site', { origin: settings.ORIGIN });
	}
	return resolve(event);
};

/** Forms are small, but for the upload, which counts for itself. */
const small: Handle = ({ event, resolve }) => {
	if (isTooLarge(event.request)) throw new Problem(413, 'status_413');
	return resolve(event);
};

/** Whose wedding, who asks, in which language. */
const identify: Handle = async ({ event, resolve }) => {
	if (event.route.id?.startsWith('/health')) return resolve(event);
	const secret = cookies.session(event.cookies);
	const found = secret ? await sessions.find(secret, event.url.host) : null;
	const wedding = found?.wedding ?? (await weddings.at(event.url.host));
	event.locals.language = choose(
		event.request,
		found?.language ?? undefined,
		event.cookies.get(COOKIE),
		wedding?.language
	);
	if (!wedding) throw new Problem(404, 'no_wedding');

	event.locals.wedding = wedding;
	event.locals.viewer = found?.viewer ?? { role: 'nobody', weddingId: wedding.id };
	event.locals.name = found?.name ?? '';
	if (secret && !found) cookies.dropSession(event.cookies);
	if (secret && found?.renewedUntil) cookies.keepSession(event.cookies, secret, found.renewedUntil);
	return resolve(event);
};

/** Strangers are shown the way in; the couple's pages are not for guests. Domain functions check again. */
const doors: Handle = ({ event, resolve }) => {
	const door = event.route.id?.match(/^\/\((guest|couple)\)/)?.[1];
	const { role } = event.locals.viewer ?? {};
	if (door && role === 'nobody') {
		if (!READING.has(event.request.method)) throw new Problem(401, 'sign_in');
		redirect(303, `/login${next(event)}`);
	}
	if (door === 'couple' && role === 'guest') throw new Problem(403, 'not_allowed');
	return resolve(event);
};

function next({ url }: RequestEvent): string {
	return url.pathname === '/' ? '' : `?next=${encodeURIComponent(url.pathname + url.search)}`;
}

/** The two faces that every page shows at once; without this the text jumps when they come. */
const FACES = /(fraunces-latin-opsz-normal|alegreya-sans-latin-400-normal)\./;
const preload = ({ type, path }: { type: string; path: string }) =>
	type === 'js' || type === 'css' || (type === 'font' && FACES.test(path));

const respond: Handle = async ({ event, resolve }) => {
	const language = event.locals.language ?? 'en';
	let html: string | undefined;
	// SvelteKit would hash the page for an ETag, which takes as long as our queries: it gets an empty one
	const transformPageChunk = (chunk: { html: string }) => {
		html = chunk.html.replace('%lang%', language);
		return '';
	};
	const response = await inLanguage(language, () => resolve(event, { preload, transformPageChunk }));
	if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'private, no-store');
	return html === undefined ? response : whole(html, response);
};

/** The page instead of the empty one; bytes, for a Response keeps the text that it is made of until late. */
function whole(html: string, { status, headers }: Response): Response {
	if (!headers.has('etag'))
		throw new Error('this page streams a promise: respond would lose what comes later');
	headers.delete('etag');
	const bytes = new TextEncoder().encode(html);
	headers.set('content-length', String(bytes.length));
	return new Response(bytes, { status, headers });
}

/** Its log lines and its error page say the same id, which server.ts has made and told the browser. */
const watched: Handle = ({ event, resolve }) => {
	const { method, headers } = event.request;
	const id = name(headers.get(HEADER));
	const traceparent = settings.ADDRESS_HEADER ? headers.get('traceparent') : null;
	const asked = { id, method, route: event.route.id, traceparent };
	return inRequest(id, () => watch.request(asked, async () => resolve(event)));
};

/** The last word on every answer: what a hook threw becomes a page too, refusals keep their headers, one log line. */
const report: Handle = async ({ event, resolve }) => {
	const start = performance.now();
	let response: Response;
	try {
		response = await resolve(event);
	} catch (error) {
		if (isRedirect(error)) throw error;
		explain(error, 'unknown', event);
		response = new Response(null, { headers: { 'content-type': 'text/html' } });
	}
	if (response.status === 405 && !event.locals.failure) {
		const headers = { allow: response.headers.get('allow') ?? '' };
		explain(new Problem(405, 'status_405', {}, headers), 'unknown', event);
	}
	const { failure, language = 'en' } = event.locals;
	const isBare =
		/^($|text\/(html|plain))/.test(response.headers.get('content-type') ?? '') &&
		!response.headers.has('x-sveltekit-page');
	if (failure && event.request.headers.get('x-sveltekit-action') === 'true') {
		response = actionError(failure, response);
	} else if (failure && isBare) response = page(failure, language);
	for (const [name, value] of Object.entries(event.locals.headers ?? {})) response.headers.set(name, value);
	const { method } = event.request;
	// that a start takes a moment is no error, and whoever asks is told
	const isProbe = event.route.id?.startsWith('/health');
	const level = response.status >= 500 && !isProbe ? 'error' : READING.has(method) ? 'debug' : 'info';
	const ms = Math.round(performance.now() - start);
	log[level]({ method, path: event.url.pathname, status: response.status, ms });
	return response;
};

/** For what failed before there was a page: error.html, whose comments name messages, in the visitor's language. */
function page({ status, message }: App.Error, language: string): Response {
	const fill: Record<string, string> = { status: String(status), 'error.message': escapeHtml(message) };
	const words = (code: string) => inLanguage(language, () => escapeHtml(say(code)!));
	const html = errorPage
		.replace('lang="en"', `lang="${language}"`)
		.replace(/<!--(\w+)-->/g, (_, code: string) => words(code))
		.replace(/%sveltekit\.([\w.]+)%/g, (_, name: string) => fill[name] ?? '');
	const headers = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'private, no-store' };
	return new Response(html, { status, headers });
}

/** For a form that a script sends, which shows the sentence beside what was typed. */
function actionError(error: App.Error, { headers: before }: Response): Response {
	const headers = new Headers(before);
	headers.delete('content-length');
	headers.set('content-type', 'application/json');
	headers.set('cache-control', 'private, no-store');
	const { status } = error;
	return new Response(JSON.stringify({ type: 'error', status, error }), { status, headers });
}

function escapeHtml(text: string): string {
	return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** The sentence for whoever sees it; remembers it, and a refusal's headers, for the answer. */
function explain(error: unknown, kind: CaughtError['kind'], event: RequestEvent): App.Error {
	const { locals, request, cookies: jar } = event;
	locals.language ??= choose(request, undefined, jar.get(COOKIE));
	locals.failure = inLanguage(locals.language, () => sentence(asProblem(error), kind, event));
	return locals.failure;
}

function sentence(error: unknown, kind: CaughtError['kind'], event: RequestEvent): App.Error {
	const { locals, url, request, route } = event;
	if (error instanceof Problem) {
		const { status, code, params, headers } = error;
		locals.headers = headers;
		return { status, code, message: say(`problem_${code}`, params) ?? code };
	}
	if (kind === 'framework' || kind === 'app') {
		const { status } = error as { status: number };
		return { status, message: say(`problem_status_${status}`) ?? say('problem_not_found')! };
	}
	const id = requestId() ?? name(undefined);
	log.error({ path: url.pathname, error: error instanceof Error ? error.stack : String(error) }, 'bug');
	watch.bug(error, { id, what: `${request.method} ${route.id ?? 'none'}` });
	const whose = locals.viewer && may(locals.viewer, 'people:read') ? 'bug_couple' : 'bug';
	return { status: 500, code: id, message: say(`problem_${whose}`, { id })! };
}

export const handle = sequence(watched, report, ownOrigin, small, identify, doors, respond);

export const handleError: HandleServerError = ({ error, kind, event }) => explain(error, kind, event);
