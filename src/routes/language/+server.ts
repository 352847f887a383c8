import { redirect } from '@sveltejs/kit';
import { safeNext } from '#lib/auth/login.ts';
import { COOKIE } from '#lib/i18n/language.server.ts';
import { DAY } from '#lib/kernel/clock.ts';
import { formData } from '#lib/kernel/form.server.ts';
import { Problem } from '#lib/kernel/problem.ts';
import { settings } from '#lib/kernel/settings.server.ts';
import * as households from '#lib/people/households.server.ts';
import { Language } from '#lib/weddings/wedding.ts';
import type { RequestHandler } from './$types';

/** The site's language for this browser; for a household also that of its mail. */
export const POST: RequestHandler = async ({ request, locals, cookies }) => {
	const form = await formData(request).catch(() => new URLSearchParams());
	const language = Language.safeParse(form.get('language'));
	if (!language.success) throw new Problem(400, 'form_unreadable');
	if (locals.viewer.householdId) await households.speak(locals.viewer, language.data);
	const secure = settings.ORIGIN.startsWith('https:');
	cookies.set(COOKIE, language.data, { path: '/', maxAge: 365 * DAY, sameSite: 'lax', secure });
	redirect(303, safeNext(form.get('next')));
};
