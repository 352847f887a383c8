import { AsyncLocalStorage } from 'node:async_hooks';
import { isRedirect, type RequestEvent } from '@sveltejs/kit';
import type { CaughtError, Handle, HandleServerError } from '@sveltejs/kit/hooks';
import { choose, COOKIE, inLanguage } from '#lib/i18n/language.server.ts';
import { say, sentence as sentenceOf } from '#lib/i18n/say.server.ts';
import { asProblem } from '#lib/kernel/db/db.server.ts';
import { log } from '#lib/kernel/log/log.server.ts';
import { Problem } from '#lib/kernel/problem.ts';
import { name, requestId } from '#lib/kernel/http/request.server.ts';
import { may } from '#lib/kernel/viewer.ts';
import * as watch from '../../operate/telemetry/watch.server.ts';
import errorPage from '../../error.html?raw';

export const READING: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** The last word on every answer: what a hook threw becomes a page too, refusals keep their headers, one log line. */
export const report: Handle = async ({ event, resolve }) => {
	const start = performance.now();
	let response: Response;
	try {
		response = await resolve(event);
	} catch (error) {
		if (isRedirect(error)) throw error;
		explain(error, 'unknown', event);
		response = new Response(null);
	}
	if (response.status === 405 && !event.locals.failure) {
		const headers = { allow: response.headers.get('allow') ?? '' };
		explain(new Problem(405, 'status_405', {}, headers), 'unknown', event);
	}
	const { failure } = event.locals;
	if (failure && !isTold(response, event)) response = await tell(failure, response, event);
	for (const [name, value] of Object.entries(event.locals.headers ?? {})) response.headers.set(name, value);
	const { method } = event.request;
	// that a start takes a moment is no error, and whoever asks is told
	const isProbe = event.route.id?.startsWith('/health');
	const level = response.status >= 500 && !isProbe ? 'error' : READING.has(method) ? 'debug' : 'info';
	const ms = Math.round(performance.now() - start);
	// the route's pattern: an address may hold a token, in more spellings than a mask can know
	log[level]({ method, route: event.route.id ?? 'none', status: response.status, ms });
	return response;
};

/** Whether the answer is one of ours already, a page or data; for a form that a script sends only `tell` knows one. */
function isTold({ headers }: Response, event: RequestEvent): boolean {
	if (isScriptsForm(event)) return false;
	const isBare = /^($|text\/(html|plain))/.test(headers.get('content-type') ?? '');
	return !isBare || headers.has('x-sveltekit-page');
}

/** What failed, in the form that whoever asked can read. */
function tell(failure: App.Error, response: Response, event: RequestEvent): Response | Promise<Response> {
	const { status } = failure;
	const kept = { headers: { 'cache-control': 'private, no-store' }, status };
	// a form that a script sends shows the sentence beside what was typed
	if (isScriptsForm(event)) {
		const result = Response.json({ type: 'error', status, error: failure }, kept);
		for (const cookie of response.headers.getSetCookie()) result.headers.append('set-cookie', cookie);
		return result;
	}
	const isForScript =
		event.isDataRequest || event.request.headers.get('accept')?.startsWith('application/json');
	return isForScript ? Response.json(failure, kept) : drawPage(failure, event);
}

function isScriptsForm({ request }: RequestEvent): boolean {
	return request.headers.get('x-sveltekit-action') === 'true';
}

const refused = new AsyncLocalStorage<RequestEvent>();

/**
 * The site's own page for what failed outside of any page: SvelteKit draws one only for what fails inside, so
 * `refused`, a route that always fails, is asked for. It asks the database nothing.
 */
async function drawPage(failure: App.Error, event: RequestEvent): Promise<Response> {
	const drawn = await refused.run(event, () => event.fetch('/refused')).catch(() => undefined);
	const isDrawn = drawn?.status === failure.status && drawn.headers.has('x-sveltekit-page');
	return isDrawn ? drawn : drawPlainPage(failure, event.locals.language);
}

/** The request inside is that of the visitor, for the page's words, links and language. */
export const restoreRequest: Handle = ({ event, resolve }) => {
	const { url, locals } = refused.getStore()!;
	event.url.href = url.href;
	Object.assign(event.locals, locals);
	return resolve(event);
};

/** For when even that fails: error.html, whose comments name messages, in the visitor's language. */
function drawPlainPage({ status, message }: App.Error, language: string): Response {
	const fill: Record<string, string> = { status: String(status), 'error.message': escapeHtml(message) };
	const words = (code: string) => inLanguage(language, () => escapeHtml(say(code)!));
	const html = errorPage
		.replace('lang="en"', `lang="${language}"`)
		.replace(/<!--(\w+)-->/g, (_, code: string) => words(code))
		.replace(/%sveltekit\.([\w.]+)%/g, (_, name: string) => fill[name] ?? '');
	const headers = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'private, no-store' };
	return new Response(html, { status, headers });
}

function escapeHtml(text: string): string {
	return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

export const handleError: HandleServerError = ({ error, kind, event }) => explain(error, kind, event);

/** The sentence for whoever sees it; remembers it, and a refusal's headers, for the answer. */
function explain(error: unknown, kind: CaughtError['kind'], event: RequestEvent): App.Error {
	const { locals, request, cookies: jar } = event;
	// the page that tells it is refused only so that it is drawn
	if (event.isSubRequest && error instanceof Problem) return locals.failure!;
	locals.language ??= choose(request, undefined, jar.get(COOKIE));
	locals.failure = inLanguage(locals.language, () => describe(asProblem(error), kind, event));
	return locals.failure;
}

function describe(error: unknown, kind: CaughtError['kind'], event: RequestEvent): App.Error {
	const { locals, request, route } = event;
	if (error instanceof Problem) {
		const { status, code, headers } = error;
		locals.headers = headers;
		return { status, code, message: sentenceOf(error) };
	}
	if (kind === 'framework' || kind === 'app') {
		const { status } = error as { status: number };
		return { status, message: say(`problem_status_${status}`) ?? say('problem_not_found')! };
	}
	const id = requestId() ?? name(undefined);
	const task = `${request.method} ${route.id ?? 'none'}`;
	log.error({ task, error: error instanceof Error ? error.stack : String(error) }, 'bug');
	watch.reportBug(error, { id, task });
	const message = locals.viewer && may(locals.viewer, 'people:read') ? 'bug_couple' : 'bug';
	return { status: 500, code: id, message: say(`problem_${message}`, { id })! };
}
