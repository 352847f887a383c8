import { redirect } from '@sveltejs/kit';
import * as cookies from '#lib/auth/cookies.server.ts';
import { sanitizeNext } from '#lib/auth/login.ts';
import { readForm } from '#lib/kernel/forms/form.server.ts';
import { Problem } from '#lib/kernel/problem.ts';
import * as households from '#lib/people/households.server.ts';
import { Language } from '#lib/weddings/wedding.schema.ts';
import type { RequestHandler } from './$types';

/** The site's language for this browser; for a household also that of its mail. */
export const POST: RequestHandler = async ({ request, locals, cookies: jar }) => {
	const form = await readForm(request).catch(() => new URLSearchParams());
	const language = Language.safeParse(form.get('language'));
	if (!language.success) throw new Problem(400, 'form_unreadable');
	if (locals.viewer.householdId) await households.speak(locals.viewer, language.data);
	cookies.keepLanguage(jar, language.data);
	redirect(303, sanitizeNext(form.get('next')));
};
