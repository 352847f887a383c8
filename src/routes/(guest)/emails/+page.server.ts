import { redirect } from '@sveltejs/kit';
import * as ownMail from '#lib/people/own-mail.server.ts';
import type { PageServerLoad } from './$types';

/** Who has one address is at its choices at once. */
export const load: PageServerLoad = async ({ locals: { viewer } }) => {
	const addresses = await ownMail.list(viewer);
	if (addresses.length === 1) redirect(303, addresses[0]!.href);
	return { addresses };
};
