import { domainToASCII, domainToUnicode } from 'node:url';

const AROUND = /^[\s"'“”„‘’«»([<]+|[\s"'“”„‘’«»)\]>,;:.]+$/gu;

/**
 * The address in what was pasted: `Anna <anna@example.org>`, `mailto:anna@example.org?subject=Hi`, with quotes, a
 * comma or a sign around it that nobody sees. Whether it is one is for the form to say: what holds two stays as it is.
 */
export function readPasted(typed: string): string {
	// longer ones are none, and would take the square of the time
	if (typed.length > 2000) return typed;
	const text = typed.replace(/\p{Default_Ignorable_Code_Point}+/gu, '');
	const [, before = '', inside] = /^([^<>\p{Cc}]*)<([^<>\s]+)>[\s,;.]*$/u.exec(text) ?? [];
	const isNamed = inside && (!before.includes('@') || strip(before) === strip(inside));
	return toOneForm(strip(isNamed ? inside : text));
}

function strip(text: string): string {
	return text
		.replace(AROUND, '')
		.replace(/^mailto:/i, '')
		.replace(/^([^?]*@[^?]*)\?.*$/, '$1')
		.replace(AROUND, '');
}

/** An address beyond ASCII has one form, whether its host was typed as München.de or as xn--mnchen-3ya.de. */
function toOneForm(address: string): string {
	return changeHost(address, /^xn--|\.xn--|[^\0-\x7f]/i, (host) => domainToUnicode(domainToASCII(host)));
}

/** As mail servers know it. */
export function toSendable(address: string): string {
	return changeHost(address, /[^\0-\x7f]/, domainToASCII);
}

function changeHost(address: string, pattern: RegExp, change: (host: string) => string): string {
	const [, name, host = ''] = /^([^@]+)@([\p{L}\p{M}\p{N}.-]+)$/u.exec(address) ?? [];
	return (pattern.test(host) && `${name}@${change(host)}`) || address;
}

/** Whether mail to one reaches the other: nobody's mailbox minds capitals. */
export function isSameAddress(one: string | null, other: string | null): boolean {
	return one?.toLowerCase() === other?.toLowerCase();
}

/** The same for Prisma, whose `equals` without regard to case is an ILIKE: it takes `a_b@` for `axb@`. */
export function sameAs(address: string) {
	return { equals: address.replace(/[\\%_]/g, '\\$&'), mode: 'insensitive' as const };
}
