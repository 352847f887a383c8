import type { Handle } from '@sveltejs/kit/hooks';
import { isTooLarge } from '#lib/kernel/http/incoming.server.ts';
import { Problem } from '#lib/kernel/problem.ts';

/** Forms are small, but for the upload, which counts for itself, and come as they are. */
export const readable: Handle = ({ event, resolve }) => {
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
