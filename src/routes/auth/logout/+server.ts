import { redirect } from '@sveltejs/kit';
import * as cookies from '#lib/auth/cookies.server.ts';
import * as sessions from '#lib/auth/sessions.server.ts';
import { readForm } from '#lib/kernel/forms/form.server.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ request, locals, cookies: jar, setHeaders }) => {
	const form = await readForm(request).catch(() => new URLSearchParams());
	await sessions.end(locals.viewer, { everywhere: form.get('all') === '1' });
	cookies.dropSession(jar);
	// with what static/worker.js keeps, and everything else of this site
	setHeaders({ 'clear-site-data': '"cache", "storage"' });
	redirect(303, '/login');
};
