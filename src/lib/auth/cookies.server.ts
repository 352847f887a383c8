import type { Cookies } from '@sveltejs/kit';
import { COOKIE } from '../i18n/language.server.ts';
import { DAY } from '../kernel/clock.ts';
import { settings } from '../kernel/settings.server.ts';
import { makeSecret } from '../kernel/token.ts';

const isHttps = settings.ORIGIN.startsWith('https:');
// the prefix makes browsers insist on Secure, Path=/ and no Domain (RFC 6265bis, 4.1.3.2)
const prefix = isHttps ? '__Host-' : '';
const SESSION = `${prefix}session`;
const NONCE = `${prefix}nonce`;
const FOLDED = 'folded';
const GUIDED = 'guided';
const options = { path: '/', httpOnly: true, secure: isHttps, sameSite: 'lax' } as const;

/** What a visitor without a household chose. */
export function keepLanguage(cookies: Cookies, language: string): void {
	cookies.set(COOKIE, language, { ...options, maxAge: 365 * DAY });
}

/** Whether the guide is put away in this browser. */
export function hasFolded(cookies: Cookies): boolean {
	return cookies.get(FOLDED) === 'yes';
}

export function keepFolded(cookies: Cookies, isFolded: boolean): void {
	if (isFolded) cookies.set(FOLDED, 'yes', { ...options, maxAge: 365 * DAY });
	else cookies.delete(FOLDED, options);
}

/** Whether the guide had more to say when it was last looked at: only then it is asked for on other pages. */
export function isGuided(cookies: Cookies): boolean {
	return cookies.get(GUIDED) === 'yes';
}

export function keepGuided(cookies: Cookies, isGuided: boolean): void {
	if (isGuided) cookies.set(GUIDED, 'yes', { ...options, maxAge: DAY });
	else if (cookies.get(GUIDED)) cookies.delete(GUIDED, options);
}

export function session(cookies: Cookies): string | undefined {
	return cookies.get(SESSION);
}

export function keepSession(cookies: Cookies, secret: string, until: Date): void {
	cookies.set(SESSION, secret, { ...options, expires: until });
}

export function dropSession(cookies: Cookies): void {
	cookies.delete(SESSION, options);
}

export function nonce(cookies: Cookies): string | undefined {
	return cookies.get(NONCE);
}

/**
 * What ties a typed code to the browser that asked, and by which one that was signed in before is known. Outlasts
 * every session: it is when that has ended that somebody asks again.
 */
export function keepNonce(cookies: Cookies): string {
	const known = cookies.get(NONCE);
	const value = known && /^[\w-]{43}$/.test(known) ? known : makeSecret();
	cookies.set(NONCE, value, { ...options, maxAge: 365 * DAY });
	return value;
}
