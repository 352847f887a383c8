import { redirect } from '@sveltejs/kit';
import { sanitizeNext } from '#lib/auth/login.ts';
import * as preview from '#lib/emblem/preview.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const next = sanitizeNext(url.searchParams.get('next'));
	if (locals.viewer.role !== 'nobody') redirect(303, next);
	return { next, preview: await preview.describe(locals.wedding) };
};
