import { describe, expect, it } from 'vitest';
import { isSameAddress, readPasted, toSendable } from './address.ts';
import { email, optionalEmail } from '../forms/fields.ts';

const ANNA = 'anna@example.org';

describe('an address as it is pasted', () => {
	it.each([
		' anna@example.org\r\n',
		'\u200banna@example.org',
		'\ufeffanna@example.org\u00a0',
		'\u202aanna@example.org\u202c',
		'anna@exam\u00adple.org',
		'anna@example.org,',
		'anna@example.org;',
		'anna@example.org.',
		'mailto:anna@example.org',
		'MAILTO:anna@example.org?subject=Hi%20there&body=x',
		'anna@example.org?subject=Hi',
		'Anna <anna@example.org>',
		'"Dijk, Anna van" <anna@example.org>;',
		'Anna <mailto:anna@example.org>',
		'anna@example.org <anna@example.org>',
		'anna@example.org<mailto:anna@example.org>',
		'<anna@example.org>',
		'"anna@example.org"',
		'“anna@example.org”',
		"'anna@example.org'",
		'(anna@example.org)',
		'[anna@example.org]'
	])('is understood in %j', (typed) => {
		expect(email.parse(typed)).toBe(ANNA);
		expect(optionalEmail.parse(typed)).toBe(ANNA);
	});

	it.each([
		'Anna <anna@example.org>, Ben <ben@example.org>',
		'anna@example.org, ben@example.org',
		'ben@example.org <anna@example.org>',
		'Anna <anna@example.org>\r\nBcc: <ben@example.org>',
		'Anna\r\n<anna@example.org>',
		'anna@example.org?\r\nBcc: ben@example.org',
		'anna@example.org\r\nBcc: ben@example.org',
		'anna@example.org\0',
		'anna@@example.org',
		'anna＠example.org',
		'anna @example.org',
		'"anna b"@example.org',
		'ännä@example.org',
		'anna@example',
		'anna@-.org',
		'anna@münchen.de/x',
		'mailto:',
		'Anna <>'
	])('is none in %j', (typed) => {
		expect(email.safeParse(typed).error?.issues).toMatchObject([{ message: 'email' }]);
	});

	it('says how long one may be', () => {
		const { error } = email.safeParse(`${'a'.repeat(250)}@example.org`);
		expect(error?.issues).toMatchObject([{ message: 'too_long', maximum: 254 }]);
	});

	it('is none where nothing can be seen', () => {
		for (const typed of ['', ' ', '\u200b', '\u202a\u202c', '""', '<>']) {
			expect(optionalEmail.parse(typed), JSON.stringify(typed)).toBeNull();
			expect(email.safeParse(typed).error?.issues).toMatchObject([{ message: 'required' }]);
		}
	});

	it('keeps its capitals, its plus and its apostrophe', () => {
		expect(email.parse("Mary.O'Brien+x@Example.org")).toBe("Mary.O'Brien+x@Example.org");
	});
});

describe('an address beyond ASCII', () => {
	it('is one, whichever way it is typed', () => {
		for (const typed of ['x@münchen.de', 'x@MÜNCHEN.de', 'x@mu\u0308nchen.de', 'x@xn--mnchen-3ya.de'])
			expect(email.parse(typed)).toBe('x@münchen.de');
		expect(email.parse('x@пример.рф')).toBe('x@пример.рф');
	});

	it('is sent as mail servers know it', () => {
		expect(toSendable('x@münchen.de')).toBe('x@xn--mnchen-3ya.de');
		expect(toSendable('Anna+x@Example.org')).toBe('Anna+x@Example.org');
	});

	it('is not another that looks like it', () => {
		expect(email.safeParse('mıke@example.org').success).toBe(false);
		expect(readPasted('mike@exаmple.org')).not.toBe('mike@example.org');
		expect(toSendable(readPasted('mike@examplı.org'))).not.toBe('mike@exampli.org');
	});
});

it('is the same in capitals', () => {
	expect(isSameAddress('Anna@example.org', ANNA)).toBe(true);
	expect(isSameAddress(null, null)).toBe(true);
	expect([isSameAddress(null, ANNA), isSameAddress('a+x@example.org', 'a@example.org')]).toEqual([
		false,
		false
	]);
});
