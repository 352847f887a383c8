import { expect, it } from 'vitest';
import * as messages from './compiled/messages.js';
import { isolated } from './isolated.ts';
import { LANGUAGES } from './languages.ts';

const HEBREW = 'עמית';

it('isolates what is read from right to left, and leaves the rest as it is', () => {
	expect(isolated(HEBREW)).toBe(`\u2068${HEBREW}\u2069`);
	expect(isolated('Tom & علی')).toBe('\u2068Tom & علی\u2069');
	for (const other of ['Anna', 'Đặng', 'Алёна', '小林', '', 3]) expect(isolated(other)).toBe(other);
});

it('isolates whatever fills a blank of a message, in every language', () => {
	type Message = (blanks: object, options: { locale: string }) => string;
	const all = Object.entries(messages).filter(([, message]) => typeof message === 'function');
	const filled = new Proxy({}, { get: () => HEBREW });
	const said = all.flatMap(([name, message]) =>
		LANGUAGES.map(
			(locale) => [`${locale} ${name}`, (message as unknown as Message)(filled, { locale })] as const
		)
	);
	const withBlanks = said.filter(([, text]) => text.includes(HEBREW));
	expect(withBlanks.length).toBeGreaterThan(100);
	const bare = withBlanks.filter(([, text]) => text.replaceAll(`\u2068${HEBREW}\u2069`, '').includes(HEBREW));
	expect(bare).toEqual([]);
});

it('leaves a sentence about anybody else as it is', () => {
	expect(messages.app_signed_in({ name: 'Anna' }, { locale: 'en' })).toBe('Signed in as Anna.');
});
