import { redirect } from '@sveltejs/kit';
import * as cards from '#lib/cards/cards.server.ts';
import { may } from '#lib/kernel/viewer.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer } }) => {
	// the couple has its guests' cards on a page of its own
	if (!may(viewer, 'cards:have')) redirect(303, may(viewer, 'cards:print') ? '/couple/cards' : '/couple');
	return { card: await cards.getOwn(viewer) };
};
