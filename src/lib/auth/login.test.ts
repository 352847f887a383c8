import { describe, expect, it } from 'vitest';
import { extractCode, isCutOff, maskAddress, sanitizeNext, extractToken } from './login.ts';
import { AskedEmail, TypedCode } from './login.schema.ts';

describe('where to go after login', () => {
	it('keeps what is encoded as it is', () => {
		expect(sanitizeNext('/%0d%0aSet-Cookie:x')).toBe('/%0d%0aSet-Cookie:x');
	});

	it('keeps a path of this site with its query', () => {
		expect(sanitizeNext('/recordings/1?x=a&y=%20b')).toBe('/recordings/1?x=a&y=%20b');
	});

	it.each([
		'//evil.example',
		'/\\evil.example',
		'https:evil.example',
		'https://evil.example',
		'%2f%2fevil.example',
		'javascript:alert(1)',
		'/\t/evil.example',
		'\t//evil.example',
		'/\n/evil.example',
		'/.//evil.example',
		' //evil.example',
		'',
		null,
		['/a', '/b'],
		'/' + 'a'.repeat(600)
	])('is the front page instead of %j', (next) => {
		expect(sanitizeNext(next)).toBe('/');
	});
});

describe('an address to send a link to', () => {
	it('is trimmed, and otherwise as it was typed', () => {
		expect(AskedEmail.parse(' Mike+wedding@Example.org ')).toBe('Mike+wedding@Example.org');
	});

	it.each([
		'a@example.org\r\nBcc: b@example.org',
		'a@b@example.org',
		'a＠example.org',
		'"a b"@example.org',
		'a\0@example.org',
		`${'a'.repeat(300)}@example.org`,
		'mıke@example.org',
		['a@example.org'],
		'',
		undefined
	])('is none in %j', (typed) => {
		expect(AskedEmail.safeParse(typed).success).toBe(false);
	});
});

describe('a link as a mail program hands it on', () => {
	const token = 'aB3-_'.repeat(8) + '-_9';
	const behind = [
		'',
		'.',
		',',
		')',
		'>',
		'=',
		'"',
		'.)>',
		'&utm_source=mail',
		'\u200b',
		'%22',
		'%3E.',
		'=3D',
		'%'
	];

	it.each(behind)('opens with %j behind it', (rest) => {
		expect(extractToken(token + rest)).toBe(token);
		expect(isCutOff(token + rest)).toBe(false);
		expect(extractCode(`abcd-EFGH-jkmn${rest === '=3D' ? '=' : rest}`)).toBe('ABCDEFGHJKMN');
	});

	it.each([' ', '\n', '\r\n ', '%0A', '%0D%0A', '=\r\n', '\u200b', '\u00a0'])(
		'opens when it was broken in two by %j',
		(between) => {
			expect(extractToken(token.slice(0, 17) + between + token.slice(17))).toBe(token);
			expect(extractCode(`ABCDEF${between}GHJKMN`)).toBe('ABCDEFGHJKMN');
		}
	);

	it('is cut off when the rest of it is lost', () => {
		for (const piece of ['', token.slice(0, 42), `${token.slice(0, 20)} `, `${token.slice(0, 20)}=`])
			expect(isCutOff(piece), piece).toBe(true);
	});
});

it('reads a typed code with spaces, dashes and small letters', () => {
	expect(TypedCode.parse({ code: ' abcd-ef 23' })).toEqual({ code: 'ABCDEF23' });
	expect(TypedCode.parse({ code: '\u200bABCD\u00a0EF23.' })).toEqual({ code: 'ABCDEF23' });
	expect(TypedCode.safeParse({ code: 'abc' }).success).toBe(false);
});

it('shows an address without giving it away', () => {
	expect(maskAddress('anna@example.org')).toBe('a•••@example.org');
});
