import type { Handle } from '@sveltejs/kit/hooks';
import { Problem } from '#lib/kernel/problem.ts';
import * as weddings from '#lib/weddings/weddings.server.ts';
import { READING } from './report.server.ts';

/** Mail services post here: what lets them is in the post itself, a signature, or in its address. */
const BY_SECRET = /^\/(webhooks|unsubscribe)\//;

/** Only our own pages change anything: SvelteKit's check lets JSON and typeless posts of other sites pass. */
export const ownOrigin: Handle = ({ event, resolve }) => {
	const { method, headers } = event.request;
	if (BY_SECRET.test(event.route.id ?? '')) return resolve(event);
	const from = headers.get('origin') ?? 'null';
	// a health page belongs to no wedding
	const origin = weddings.originOf(event.locals.wedding ?? { host: null });
	if (!READING.has(method) && from !== origin) {
		throw new Problem(403, from === 'null' ? 'no_site' : 'other_site', { origin });
	}
	return resolve(event);
};
