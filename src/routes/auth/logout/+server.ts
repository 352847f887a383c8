import { redirect } from '@sveltejs/kit';
import * as cookies from '#lib/auth/cookies.server.ts';
import * as sessions from '#lib/auth/sessions.server.ts';
import { UNSENT_COOKIE } from '#lib/door/unsent.ts';
import { readForm } from '#lib/kernel/forms/form.server.ts';
import { Problem } from '#lib/kernel/problem.ts';
import { may } from '#lib/kernel/viewer.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ request, locals, cookies: jar, setHeaders }) => {
	// all that this site keeps in the browser goes along
	if (jar.get(UNSENT_COOKIE) && may(locals.viewer, 'door:note')) throw new Problem(409, 'door_unsent');
	const form = await readForm(request).catch(() => new URLSearchParams());
	await sessions.end(locals.viewer, { everywhere: form.get('all') === '1' });
	cookies.dropSession(jar);
	// with what static/worker.js keeps, and everything else of this site
	setHeaders({ 'clear-site-data': '"cache", "storage"' });
	redirect(303, '/login');
};
