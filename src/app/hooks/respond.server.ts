import type { Handle } from '@sveltejs/kit/hooks';
import { inLanguage } from '#lib/i18n/language.server.ts';
import { keptFor } from './kept-for.server.ts';

/** The two faces that every page shows at once; without this the text jumps when they come. */
const FACES = /(fraunces-latin-opsz-normal|alegreya-sans-latin-400-normal)\./;
const preload = ({ type, path }: { type: string; path: string }) =>
	type === 'js' || type === 'css' || (type === 'font' && FACES.test(path));

export const respond: Handle = async ({ event, resolve }) => {
	const language = event.locals.language ?? 'en';
	const transformPageChunk = ({ html }: { html: string }) => html.replace('%lang%', language);
	const response = await inLanguage(language, () => resolve(event, { preload, transformPageChunk }));
	if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'private, no-store');
	// no-store keeps no page, so that there is nothing to compare one with; files have an ETag of their own
	const isPage = response.headers.has('x-sveltekit-page');
	if (isPage) response.headers.delete('etag');
	// static/worker.js keeps what a guest sees, for them alone
	if (isPage && response.ok) response.headers.set('kept-for', keptFor(event.locals.viewer, language));
	return response;
};
