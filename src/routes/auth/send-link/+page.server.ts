import { redirect } from '@sveltejs/kit';
import * as cookies from '#lib/auth/cookies.server.ts';
import * as links from '#lib/auth/links.server.ts';
import { sanitizeNext } from '#lib/auth/login.ts';
import * as requests from '#lib/auth/requests.server.ts';
import * as tries from '#lib/auth/tries.server.ts';
import { readForm, answerInPlace } from '#lib/kernel/forms/form.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = () => {};

export const actions: Actions = {
	// not through formAction: whatever is sent, the answer is the same
	async default(event) {
		const { request, locals, cookies: jar, getClientAddress } = event;
		const sent = await readForm(request).catch(() => new URLSearchParams());
		try {
			await tries.count(locals.wedding.id, 'login', getClientAddress());
		} catch (error) {
			return answerInPlace(error, sent, event);
		}
		const nonce = cookies.keepNonce(jar);
		await links.expectCode(locals.viewer, nonce);
		const spentToken = sent.get('token');
		requests.take({
			weddingId: locals.wedding.id,
			email: sent.getAll('email').length === 1 ? sent.get('email') : undefined,
			spentToken: typeof spentToken === 'string' ? spentToken : undefined,
			nonce,
			next: sanitizeNext(sent.get('next')),
			language: locals.language
		});
		redirect(303, '/login/sent');
	}
};
