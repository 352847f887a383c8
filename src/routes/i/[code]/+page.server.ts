import { redirect } from '@sveltejs/kit';
import * as cards from '#lib/auth/cards.server.ts';
import * as cookies from '#lib/auth/cookies.server.ts';
import { extractCode } from '#lib/auth/login.ts';
import * as tries from '#lib/auth/tries.server.ts';
import * as preview from '#lib/emblem/preview.server.ts';
import { clock } from '#lib/kernel/clock.ts';
import { Problem } from '#lib/kernel/problem.ts';
import { system } from '#lib/weddings/system.ts';
import { CODE_LENGTH } from '#lib/people/household.ts';
import * as programme from '#lib/recordings/programme.server.ts';
import { hasPassed, nameWedding } from '#lib/weddings/wedding.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals, setHeaders }) => {
	setHeaders({ 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex' });
	const code = extractCode(params.code);
	if (code.length < CODE_LENGTH) throw new Problem(404, 'card_cut');
	const { viewer, wedding } = locals;
	return {
		card: await cards.peek(viewer, code),
		named: nameWedding(wedding),
		preview: await preview.describe(wedding),
		isOver: hasPassed(wedding, clock.now()),
		isHeard: (await programme.count(system(wedding.id))) > 0
	};
};

export const actions: Actions = {
	async default({ params, locals, cookies: jar, getClientAddress }) {
		await tries.count(locals.wedding.id, 'card', getClientAddress());
		const entry = await cards.enter(locals.viewer, extractCode(params.code), cookies.session(jar));
		cookies.keepSession(jar, entry.secret, entry.until);
		redirect(303, entry.next);
	}
};
