import { createHash, randomBytes, randomInt } from 'node:crypto';

/** Letters and digits that nobody confuses when reading them from a card: no 0 O 1 I L U. Thirty: 4.9 bits each. */
const READABLE = 'ABCDEFGHJKMNPQRSTVWXYZ23456789';

/** 32 random bytes, base64url: 256 bits, as OWASP asks of session identifiers (64 at least). */
export function makeSecret(): string {
	return randomBytes(32).toString('base64url');
}

/** A code that people type: `length` signs of about 4.9 bits each. */
export function makeCode(length: number): string {
	return Array.from({ length }, () => READABLE[randomInt(READABLE.length)]).join('');
}

/** What people type comes with dashes, spaces and small letters. */
export function normalizeCode(typed: string): string {
	return typed.toUpperCase().replace(/[^A-Z0-9]/g, '');
}

/** What the database keeps instead of a secret. */
export function digest(text: string): Buffer<ArrayBuffer> {
	return createHash('sha256').update(text).digest() as Buffer<ArrayBuffer>;
}
