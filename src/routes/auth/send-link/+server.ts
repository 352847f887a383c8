import { redirect } from '@sveltejs/kit';
import * as cookies from '#lib/auth/cookies.server.ts';
import { safeNext } from '#lib/auth/login.ts';
import * as requests from '#lib/auth/requests.server.ts';
import { formData } from '#lib/kernel/form.server.ts';
import * as limits from '#lib/kernel/limits.server.ts';
import { settings } from '#lib/kernel/settings.server.ts';
import { MINUTE } from '#lib/kernel/clock.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ request, locals, cookies: jar, getClientAddress }) => {
	await limits.take('login-network', getClientAddress(), settings.LOGIN_LIMIT_NETWORK, 10 * MINUTE);
	const form = await formData(request).catch(() => new URLSearchParams());
	const spentToken = form.get('token');
	requests.take({
		weddingId: locals.wedding.id,
		email: form.getAll('email').length === 1 ? form.get('email') : undefined,
		spentToken: typeof spentToken === 'string' ? spentToken : undefined,
		nonce: cookies.keepNonce(jar),
		next: safeNext(form.get('next')),
		language: locals.language
	});
	redirect(303, '/login/sent');
};
