import { z } from 'zod';
import { DAY, MINUTE } from '../kernel/clock.ts';
import { email } from '../kernel/fields.ts';
import { plainCode } from '../kernel/token.ts';

/** From the moment that the mail is handed over. */
export const LINK_SECONDS = 15 * MINUTE;
export const CODE_LENGTH = 8;
export const CODE_TRIES = 5;

/** A session ends when nobody used it for this long … */
export const SESSION_SECONDS = 30 * DAY;
/** … and at this age at the latest. */
export const SESSION_LONGEST_SECONDS = 90 * DAY;

export const AskedEmail = email;

export const TypedCode = z.object({
	code: z.string({ error: 'required' }).transform(plainCode).pipe(z.string().length(CODE_LENGTH, 'code'))
});

/** Where to go after login: a path of this site, else the front page. */
export function safeNext(wanted: unknown): string {
	if (typeof wanted !== 'string' || !wanted.startsWith('/') || wanted.length > 500) return '/';
	const here = 'http://here.invalid';
	if (!URL.canParse(wanted, here)) return '/';
	const { origin, pathname, search } = new URL(wanted, here);
	const isPath = origin === here && !pathname.startsWith('//') && !/[\\\p{Cc}]/u.test(wanted);
	return isPath ? pathname + search : '/';
}

/** `anna@example.org` as a page shows it to someone who may not be Anna. */
export function masked(address: string): string {
	const [name = '', host = ''] = address.split('@');
	return `${name.slice(0, 1)}•••@${host}`;
}
