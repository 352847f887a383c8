import { redirect, type RequestEvent } from '@sveltejs/kit';
import { type Handle, sequence, type ServerInit } from '@sveltejs/kit/hooks';
import * as authJobs from '#lib/auth/jobs.server.ts';
import * as cookies from '#lib/auth/cookies.server.ts';
import * as requests from '#lib/auth/requests.server.ts';
import * as sessions from '#lib/auth/sessions.server.ts';
import { choose, COOKIE } from '#lib/i18n/language.server.ts';
import { pool } from '#lib/kernel/db/db.server.ts';
import { isTooLarge } from '#lib/kernel/http/incoming.server.ts';
import * as jobs from '#lib/kernel/jobs/jobs.server.ts';
import { log } from '#lib/kernel/log/log.server.ts';
import { Problem } from '#lib/kernel/problem.ts';
import { HEADER, inRequest, name } from '#lib/kernel/http/request.server.ts';
import { settings } from '#lib/kernel/settings.server.ts';
import * as expiry from './operate/erase/expiry.server.ts';
import * as opsJobs from './operate/backup/jobs.server.ts';
import * as mailJobs from '#lib/mail/jobs.server.ts';
import * as outbox from '#lib/mail/outbox.server.ts';
import * as watch from './operate/telemetry/watch.server.ts';
import * as peopleJobs from '#lib/people/jobs.server.ts';
import * as recordingJobs from '#lib/recordings/jobs.server.ts';
import * as programme from '#lib/recordings/programme.server.ts';
import * as weddings from '#lib/weddings/weddings.server.ts';
import { asBefore, READING, report } from './app/hooks/report.server.ts';
import { respond } from './app/hooks/respond.server.ts';

export { handleError } from './app/hooks/report.server.ts';

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

/** Only our own pages change anything: SvelteKit's check lets JSON and typeless posts of other sites pass. */
const ownOrigin: Handle = ({ event, resolve }) => {
	const { method, headers } = event.request;
	const from = headers.get('origin') ?? 'null';
	if (!READING.has(method) && from !== settings.ORIGIN) {
		throw new Problem(403, from === 'null' ? 'no_site' : 'other_site', { origin: settings.ORIGIN });
	}
	return resolve(event);
};

/** Forms are small, but for the upload, which counts for itself, and come as they are. */
const readable: Handle = ({ event, resolve }) => {
	const { method, headers } = event.request;
	if (isTooLarge(event.request)) throw new Problem(413, 'status_413');
	if (!/^(identity)?$/i.test(headers.get('content-encoding') ?? '')) {
		throw new Problem(415, 'packed', {}, { 'accept-encoding': 'identity' });
	}
	const action = [...event.url.searchParams.keys()].find((key) => key.startsWith('/'));
	// for SvelteKit this would be a bug of ours, not somebody's nonsense
	if (method === 'POST' && action === '/default') throw new Problem(404, 'not_found');
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
	if (event.route.id?.startsWith('/dev/') && !isAskedHere(event)) throw new Problem(404, 'not_found');
	if (door && role === 'nobody') {
		if (!READING.has(event.request.method)) throw new Problem(401, 'sign_in');
		redirect(303, `/login${next(event)}`);
	}
	if (door === 'couple' && role === 'guest') throw new Problem(403, 'not_allowed');
	return resolve(event);
};

/** By a name of this machine or the site's own: a page of somebody else's whose name leads here reads no mail. */
function isAskedHere({ request }: RequestEvent): boolean {
	const { hostname } = URL.parse(`http://${request.headers.get('host')}`) ?? {};
	return ['localhost', '127.0.0.1', '[::1]', new URL(settings.ORIGIN).hostname].includes(hostname ?? '');
}

/** Longer ones nobody would be led to: see safeNext. */
function next({ url }: RequestEvent): string {
	const here = url.pathname + url.search;
	return here === '/' || here.length > 500 ? '' : `?next=${encodeURIComponent(here)}`;
}

/** Its log lines and its error page say the same id, which server.ts has made and told the browser. */
const watched: Handle = ({ event, resolve }) => {
	const { method, headers } = event.request;
	const id = name(headers.get(HEADER));
	const traceparent = settings.ADDRESS_HEADER ? headers.get('traceparent') : null;
	const asked = { id, method, route: event.route.id, traceparent };
	return inRequest(id, () => watch.request(asked, async () => resolve(event)));
};

const answer = sequence(watched, report, identify, ownOrigin, readable, doors, respond);
const draw = sequence(asBefore, respond);

/** The one request that comes from inside is for the page of a refusal. */
export const handle: Handle = (asked) => (asked.event.isSubRequest ? draw(asked) : answer(asked));
