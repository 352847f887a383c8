import { redirect } from '@sveltejs/kit';
import * as cookies from '#lib/auth/cookies.server.ts';
import * as links from '#lib/auth/links.server.ts';
import { TypedCode } from '#lib/auth/login.schema.ts';
import * as tries from '#lib/auth/tries.server.ts';
import { formAction } from '#lib/kernel/forms/form.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = () => {};

export const actions: Actions = {
	default: formAction(
		'everybody',
		TypedCode,
		async ({ code }, { locals: { viewer }, cookies: jar, getClientAddress }) => {
			await tries.count(viewer.weddingId, 'code', getClientAddress());
			const entry = await links.enterByCode(viewer, cookies.nonce(jar), code, cookies.session(jar));
			cookies.keepSession(jar, entry.secret, entry.until);
			redirect(303, entry.next);
		}
	)
};
