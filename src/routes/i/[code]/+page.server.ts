import { redirect } from '@sveltejs/kit';
import * as cards from '#lib/auth/cards.server.ts';
import * as cookies from '#lib/auth/cookies.server.ts';
import { clock, MINUTE } from '#lib/kernel/clock.ts';
import * as limits from '#lib/kernel/limits.server.ts';
import { settings } from '#lib/kernel/settings.server.ts';
import { hasPassed, named } from '#lib/weddings/wedding.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals, setHeaders }) => {
	setHeaders({ 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex' });
	return {
		card: await cards.peek(locals.viewer, params.code),
		named: named(locals.wedding),
		isOver: hasPassed(locals.wedding, clock.now())
	};
};

export const actions: Actions = {
	async default({ params, locals, cookies: jar, getClientAddress }) {
		await limits.take('card-network', getClientAddress(), settings.LOGIN_LIMIT_NETWORK, 10 * MINUTE);
		const entry = await cards.enter(locals.viewer, params.code, cookies.session(jar));
		cookies.keepSession(jar, entry.secret, entry.until);
		redirect(303, entry.next);
	}
};
