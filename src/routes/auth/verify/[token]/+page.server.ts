import { fail, redirect } from '@sveltejs/kit';
import * as cookies from '#lib/auth/cookies.server.ts';
import * as links from '#lib/auth/links.server.ts';
import { isCutOff } from '#lib/auth/login.ts';
import { Problem } from '#lib/kernel/problem.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals, setHeaders }) => {
	setHeaders({ 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex' });
	const link = await links.peek(locals.viewer, params.token);
	const isInside = locals.viewer.role !== 'nobody';
	const isCut = isCutOff(params.token);
	return { link, isCut, isInside, led: isInside ? await links.findNext(locals.viewer, params.token) : null };
};

export const actions: Actions = {
	async default({ params: { token }, locals: { viewer }, cookies: jar }) {
		try {
			const nonce = cookies.keepNonce(jar);
			const { secret, until, next } = await links.enter(viewer, token, cookies.session(jar), nonce);
			cookies.keepSession(jar, secret, until);
			return redirect(303, next);
		} catch (error) {
			if (!(error instanceof Problem)) throw error;
			const next = await links.findNext(viewer, token);
			if (next) redirect(303, next);
			return fail(error.status, { isSpent: true });
		}
	}
};
