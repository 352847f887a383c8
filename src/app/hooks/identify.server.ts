import type { RequestEvent } from '@sveltejs/kit';
import type { Handle } from '@sveltejs/kit/hooks';
import * as cookies from '#lib/auth/cookies.server.ts';
import * as sessions from '#lib/auth/sessions.server.ts';
import { choose, COOKIE } from '#lib/i18n/language.server.ts';
import * as subscriptions from '#lib/outbox/subscriptions.server.ts';
import { Problem } from '#lib/kernel/problem.ts';
import * as weddings from '#lib/weddings/weddings.server.ts';
import { READING } from './report.server.ts';

export const identify: Handle = async ({ event, resolve }) => {
	if (/^\/(health|webhooks)\//.test(event.route.id ?? '')) return resolve(event);
	const secret = cookies.session(event.cookies);
	const found = secret ? await sessions.find(secret, event.url.host) : null;
	const wedding = found?.wedding ?? (await weddings.findByHost(event.url.host));
	const chosen = event.cookies.get(COOKIE);
	const own = found?.language ?? (chosen ? undefined : await findLanguageOfLink(event, wedding));
	event.locals.language = choose(event.request, own, chosen, wedding?.language);
	if (!wedding) return leadOn(event);

	// nothing that follows sees a host that somebody made up
	event.url.host = new URL(weddings.originOf(wedding)).host;
	event.locals.wedding = wedding;
	event.locals.viewer = found?.viewer ?? { role: 'nobody', weddingId: wedding.id };
	event.locals.name = found?.name ?? '';
	if (secret && !found) cookies.dropSession(event.cookies);
	if (secret && found?.renewedUntil) cookies.keepSession(event.cookies, secret, found.renewedUntil);
	return resolve(event);
};

/** Mail in a language leads to a page in it, whoever is signed in or not. */
async function findLanguageOfLink({ route, params }: RequestEvent, wedding: { id: string } | null) {
	if (!wedding || route.id !== '/unsubscribe/[token]') return undefined;
	return subscriptions.findLanguage(wedding.id, params.token!);
}

/** A card may say where the wedding was before: reading goes on where it is now. For a while only, for it may come back. */
async function leadOn({ request, url }: RequestEvent): Promise<Response> {
	const moved = await weddings.findByFormerHost(url.host);
	if (!moved) throw new Problem(404, 'no_wedding');
	const origin = weddings.originOf(moved);
	if (!READING.has(request.method)) throw new Problem(403, 'other_site', { origin });
	const headers = { location: origin + url.pathname + url.search, 'cache-control': 'private, no-store' };
	return new Response(null, { status: 302, headers });
}
