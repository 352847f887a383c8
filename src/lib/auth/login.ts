import { DAY, MINUTE } from '../kernel/clock.ts';
import { normalizeCode } from '../kernel/token.ts';

/** From the moment that the mail is handed over. */
export const LINK_SECONDS = 15 * MINUTE;
export const CODE_LENGTH = 8;
export const CODE_TRIES = 5;
/** For how long a browser that asked may type the code of the mail, which may take its time. */
export const NONCE_SECONDS = 2 * LINK_SECONDS;

/** A session ends when nobody used it for this long … */
export const SESSION_SECONDS = 30 * DAY;
/** … and at this age at the latest. */
export const SESSION_LONGEST_SECONDS = 90 * DAY;

/** 32 bytes in base64url. */
const TOKEN_LENGTH = 43;

/**
 * A link's token out of what a mail program made of the address: broken over two lines, with a full stop, a bracket
 * or another parameter behind it, all of that encoded once more. A piece of one stays a piece.
 */
export function extractToken(address: string): string {
	const joined = decode(address)
		// where quoted-printable breaks a line
		.replace(/=(?=\s)/g, '')
		.replace(/[\s\p{Default_Ignorable_Code_Point}]+/gu, '');
	return /^[\w-]*/.exec(joined)![0].slice(0, TOKEN_LENGTH);
}

/** Whether the mail program lost the rest of it. */
export function isCutOff(address: string): boolean {
	return extractToken(address).length < TOKEN_LENGTH;
}

/** A card's code out of the address of its link, in the same way. */
export function extractCode(address: string): string {
	return normalizeCode(decode(address).replace(/[&?#].*$/s, ''));
}

function decode(address: string): string {
	try {
		return decodeURIComponent(address);
	} catch {
		return address;
	}
}

/** Where to go after login: a path of this site, else the front page. */
export function sanitizeNext(wanted: unknown): string {
	if (typeof wanted !== 'string' || !wanted.startsWith('/') || wanted.length > 500) return '/';
	const here = 'http://here.invalid';
	if (!URL.canParse(wanted, here)) return '/';
	const { origin, pathname, search } = new URL(wanted, here);
	const isPath = origin === here && !pathname.startsWith('//') && !/[\\\p{Cc}]/u.test(wanted);
	return isPath ? pathname + search : '/';
}

/** `anna@example.org` as a page shows it to someone who may not be Anna. */
export function maskAddress(address: string): string {
	const [name = '', host = ''] = address.split('@');
	return `${name.slice(0, 1)}•••@${host}`;
}
