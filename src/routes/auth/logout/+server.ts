import { redirect } from '@sveltejs/kit';
import * as cookies from '#lib/auth/cookies.server.ts';
import * as sessions from '#lib/auth/sessions.server.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ request, locals, cookies: jar }) => {
	const form = await request.formData().catch(() => new FormData());
	await sessions.end(locals.viewer, { everywhere: form.get('all') === '1' });
	cookies.dropSession(jar);
	redirect(303, '/login');
};
