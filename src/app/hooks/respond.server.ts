import type { Handle } from '@sveltejs/kit/hooks';
import { inLanguage } from '#lib/i18n/language.server.ts';
import * as looks from '#lib/looks/looks.server.ts';
import { keptFor } from './kept-for.server.ts';
import * as stationery from './stationery.server.ts';

/** Pages that are read more often than used, and whole without scripts. */
const READ = ['/(guest)/recordings', '/(guest)/recordings/[id=uuid]'];

export const respond: Handle = async ({ event, resolve }) => {
	const language = event.locals.language ?? 'en';
	const { viewer } = event.locals;
	const tried = viewer && looks.tryOn(event.url, viewer);
	event.locals.tried = tried ?? undefined;
	const preload = ({ type, path }: { type: string; path: string }) =>
		type === 'js' || type === 'css' || (type === 'font' && stationery.find(event).isShownAtOnce(path));
	const transformPageChunk = ({ html }: { html: string }) => {
		const { attribute, metas } = stationery.find(event);
		const page = html.replace('%lang%', language).replace(' %look%', attribute).replace('%metas%', metas);
		return READ.includes(event.route.id ?? '') ? onceTouched(page) : page;
	};
	const response = await inLanguage(language, () => resolve(event, { preload, transformPageChunk }));
	if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'private, no-store');
	// no-store keeps no page, so that there is nothing to compare one with; files have an ETag of their own
	const isPage = response.headers.has('x-sveltekit-page');
	if (isPage) response.headers.delete('etag');
	// static/worker.js keeps what a guest sees, for them alone
	if (isPage && response.ok) response.headers.set('kept-for', keptFor(event.locals.viewer, language));
	if (tried) letIntoOurFrames(response.headers);
	return response;
};

/** Kit's scripts are fetched and run when somebody touches the page: see static/touched.js. */
function onceTouched(html: string): string {
	return html
		.replaceAll(' rel="modulepreload"', ' data-rel="modulepreload"')
		.replace('<html ', '<html data-waits ')
		.replace('</title>', '$&<link rel="modulepreload" href="/touched.js" />')
		.replace(
			/import\("[^"]*\/entry\/start\.[^"]*"\)/,
			'import("/touched.js").then(({ touched }) => touched).catch(() => {}).then(() => $&)'
		);
}

/** A look that the couple tries is seen beside the form. */
function letIntoOurFrames(headers: Headers): void {
	const policy = headers.get('content-security-policy');
	const ours = policy?.replace("frame-ancestors 'none'", "frame-ancestors 'self'");
	if (ours) headers.set('content-security-policy', ours);
}
