import { redirect } from '@sveltejs/kit';
import { plainCode } from '#lib/kernel/token.ts';
import type { RequestHandler } from './$types';

/** The code typed from the card, on the login page. */
export const GET: RequestHandler = ({ url }) => {
	const code = plainCode(url.searchParams.get('code') ?? '');
	redirect(303, code ? `/i/${code}` : '/login');
};
