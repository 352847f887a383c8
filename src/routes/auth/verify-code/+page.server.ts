import { redirect } from '@sveltejs/kit';
import * as cookies from '#lib/auth/cookies.server.ts';
import * as links from '#lib/auth/links.server.ts';
import { TypedCode } from '#lib/auth/login.ts';
import { MINUTE } from '#lib/kernel/clock.ts';
import { formAction } from '#lib/kernel/forms/form.server.ts';
import * as limits from '#lib/kernel/db/limits.server.ts';
import { settings } from '#lib/kernel/settings.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = () => {};

export const actions: Actions = {
	default: formAction(
		'everybody',
		TypedCode,
		async ({ code }, { locals: { viewer }, cookies: jar, getClientAddress }) => {
			await limits.take('code-network', getClientAddress(), settings.LOGIN_LIMIT_NETWORK, 10 * MINUTE);
			const entry = await links.enterByCode(viewer, cookies.nonce(jar), code, cookies.session(jar));
			cookies.keepSession(jar, entry.secret, entry.until);
			redirect(303, entry.next);
		}
	)
};
