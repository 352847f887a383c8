import { redirect } from '@sveltejs/kit';
import * as cards from '#lib/auth/cards.server.ts';
import { normalizeCode } from '#lib/kernel/token.ts';
import type { PageServerLoad } from './$types';

/** The code typed from a card; +error.svelte asks again when it is on none. */
export const load: PageServerLoad = async ({ url, locals, setHeaders }) => {
	setHeaders({ 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex' });
	const typed = url.searchParams.get('code');
	if (!typed) return;
	await cards.peek(locals.viewer, typed);
	redirect(303, `/i/${normalizeCode(typed)}`);
};
