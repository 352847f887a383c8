import { redirect } from '@sveltejs/kit';
import * as cookies from '#lib/auth/cookies.server.ts';
import * as tries from '#lib/auth/tries.server.ts';
import * as phones from '#lib/door/phones.server.ts';
import { Problem } from '#lib/kernel/problem.ts';
import { nameWedding } from '#lib/weddings/wedding.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals, setHeaders }) => {
	setHeaders({ 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex' });
	const found = await phones.peek(locals.viewer, params.token);
	if (!found) throw new Problem(404, 'phone_spent');
	if (!found.isOpen) throw new Problem(410, 'phone_spent');
	return { named: nameWedding(locals.wedding) };
};

export const actions: Actions = {
	async default({ params, locals, cookies: jar, getClientAddress }) {
		await tries.count(locals.wedding.id, 'card', getClientAddress());
		const entry = await phones.enter(locals.viewer, params.token, cookies.session(jar));
		cookies.keepSession(jar, entry.secret, entry.until);
		redirect(303, entry.next);
	}
};
