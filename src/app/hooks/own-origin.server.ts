import type { Handle } from '@sveltejs/kit/hooks';
import { Problem } from '#lib/kernel/problem.ts';
import { settings } from '#lib/kernel/settings.server.ts';
import { READING } from './report.server.ts';

/** Only our own pages change anything: SvelteKit's check lets JSON and typeless posts of other sites pass. */
export const ownOrigin: Handle = ({ event, resolve }) => {
	const { method, headers } = event.request;
	const from = headers.get('origin') ?? 'null';
	if (!READING.has(method) && from !== settings.ORIGIN) {
		throw new Problem(403, from === 'null' ? 'no_site' : 'other_site', { origin: settings.ORIGIN });
	}
	return resolve(event);
};
