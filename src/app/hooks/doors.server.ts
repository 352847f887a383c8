import { redirect, type RequestEvent } from '@sveltejs/kit';
import type { Handle } from '@sveltejs/kit/hooks';
import { Problem } from '#lib/kernel/problem.ts';
import { READING } from './report.server.ts';

/** Strangers are shown the way in; the couple's pages are not for guests. Domain functions check again. */
export const doors: Handle = ({ event, resolve }) => {
	const door = event.route.id?.match(/^\/\((guest|couple|door)\)/)?.[1];
	const { role } = event.locals.viewer ?? {};
	if (event.route.id?.startsWith('/dev/') && !isAskedHere(event)) throw new Problem(404, 'not_found');
	if (door && role === 'nobody') {
		if (!READING.has(event.request.method)) throw new Problem(401, 'sign_in');
		redirect(303, `/login${next(event)}`);
	}
	if (role === 'door' && door && door !== 'door' && READING.has(event.request.method)) redirect(303, '/door');
	if (door && door !== 'guest' && role === 'guest') throw new Problem(403, 'not_allowed');
	return resolve(event);
};

/** By a name of this machine or the wedding's own: a page of somebody else's whose name leads here reads no mail. */
function isAskedHere({ request, url }: RequestEvent): boolean {
	const { hostname } = URL.parse(`http://${request.headers.get('host')}`) ?? {};
	return ['localhost', '127.0.0.1', '[::1]', url.hostname].includes(hostname ?? '');
}

/** Longer ones nobody would be led to: see safeNext. */
function next({ url }: RequestEvent): string {
	const here = url.pathname + url.search;
	return here === '/' || here.length > 500 ? '' : `?next=${encodeURIComponent(here)}`;
}
