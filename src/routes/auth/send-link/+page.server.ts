import { redirect } from '@sveltejs/kit';
import * as cookies from '#lib/auth/cookies.server.ts';
import * as links from '#lib/auth/links.server.ts';
import { safeNext } from '#lib/auth/login.ts';
import * as requests from '#lib/auth/requests.server.ts';
import { MINUTE } from '#lib/kernel/clock.ts';
import { formData, inPlace } from '#lib/kernel/forms/form.server.ts';
import * as limits from '#lib/kernel/db/limits.server.ts';
import { settings } from '#lib/kernel/settings.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = () => {};

export const actions: Actions = {
	// not through formAction: whatever is sent, the answer is the same
	async default(event) {
		const { request, locals, cookies: jar, getClientAddress } = event;
		const sent = await formData(request).catch(() => new URLSearchParams());
		try {
			await limits.take('login-network', getClientAddress(), settings.LOGIN_LIMIT_NETWORK, 10 * MINUTE);
		} catch (error) {
			return inPlace(error, sent, event);
		}
		const nonce = cookies.keepNonce(jar);
		await links.expectCode(nonce);
		const spentToken = sent.get('token');
		requests.take({
			weddingId: locals.wedding.id,
			email: sent.getAll('email').length === 1 ? sent.get('email') : undefined,
			spentToken: typeof spentToken === 'string' ? spentToken : undefined,
			nonce,
			next: safeNext(sent.get('next')),
			language: locals.language
		});
		redirect(303, '/login/sent');
	}
};
