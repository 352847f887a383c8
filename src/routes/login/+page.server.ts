import { redirect } from '@sveltejs/kit';
import { sanitizeNext } from '#lib/auth/login.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
	const next = sanitizeNext(url.searchParams.get('next'));
	if (locals.viewer.role !== 'nobody') redirect(303, next);
	return { next };
};
