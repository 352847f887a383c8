import { redirect } from '@sveltejs/kit';
import { may } from '#lib/kernel/viewer.ts';
import * as replies from '#lib/rsvp/replies.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer } }) => {
	const sheet = may(viewer, 'rsvp:answer') && viewer.householdId ? await replies.getOwn(viewer) : null;
	if (!sheet?.answeredAt) redirect(303, '/rsvp');
	return { sheet };
};
