import { redirect } from '@sveltejs/kit';
import * as cookies from '#lib/auth/cookies.server.ts';
import * as links from '#lib/auth/links.server.ts';
import { TypedCode } from '#lib/auth/login.ts';
import { formAction } from '#lib/kernel/form.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = () => {};

export const actions: Actions = {
	default: formAction(TypedCode, async ({ code }, { locals: { viewer }, cookies: jar }) => {
		const entry = await links.enterByCode(viewer, cookies.nonce(jar), code, cookies.session(jar));
		cookies.keepSession(jar, entry.secret, entry.until);
		redirect(303, entry.next);
	})
};
