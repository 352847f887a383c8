import type { Handle } from '@sveltejs/kit/hooks';
import * as cookies from '#lib/auth/cookies.server.ts';
import * as sessions from '#lib/auth/sessions.server.ts';
import { choose, COOKIE } from '#lib/i18n/language.server.ts';
import { Problem } from '#lib/kernel/problem.ts';
import * as weddings from '#lib/weddings/weddings.server.ts';

export const identify: Handle = async ({ event, resolve }) => {
	if (event.route.id?.startsWith('/health')) return resolve(event);
	const secret = cookies.session(event.cookies);
	const found = secret ? await sessions.find(secret, event.url.host) : null;
	const wedding = found?.wedding ?? (await weddings.findByHost(event.url.host));
	event.locals.language = choose(
		event.request,
		found?.language ?? undefined,
		event.cookies.get(COOKIE),
		wedding?.language
	);
	if (!wedding) throw new Problem(404, 'no_wedding');

	// nothing that follows sees a host that somebody made up
	event.url.host = new URL(weddings.originOf(wedding)).host;
	event.locals.wedding = wedding;
	event.locals.viewer = found?.viewer ?? { role: 'nobody', weddingId: wedding.id };
	event.locals.name = found?.name ?? '';
	if (secret && !found) cookies.dropSession(event.cookies);
	if (secret && found?.renewedUntil) cookies.keepSession(event.cookies, secret, found.renewedUntil);
	return resolve(event);
};
