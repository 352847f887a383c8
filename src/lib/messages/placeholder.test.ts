import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../i18n/languages.ts';
import { findUnknown, findUsed, PLACEHOLDERS, show, spell, store } from './placeholder.ts';

describe('a placeholder', () => {
	it.each(LANGUAGES)('is stored under one name and shown again as it is called in %s', (language) => {
		const typed = PLACEHOLDERS.map((name) => spell(name, language)).join(' and ');
		const stored = store(typed);
		expect(stored).toBe(PLACEHOLDERS.map((name) => `{${name}}`).join(' and '));
		expect(show(stored, language)).toBe(typed);
		expect(findUnknown(stored)).toBeUndefined();
	});

	it.each([
		['Dear {first names},', 'Dear {first_names},'],
		['Dear { First  Names },', 'Dear {first_names},'],
		['Dear {first-names},', 'Dear {first_names},'],
		['Lieve {voornamen}', 'Lieve {first_names}'],
		// of another language than the text
		['Dear {Voornamen}', 'Dear {first_names}'],
		['{first name}', '{first name}']
	])('is known however it is typed: %j', (typed, stored) => expect(store(typed)).toBe(stored));

	it.each([
		['Dear {first name},', '{first name}'],
		['Dear {firstnames}, {huishouding}', '{huishouding}'],
		['{}', '{}'],
		['{first names', '{first names'],
		['{{link}', '{'],
		['no placeholder at all :-}', undefined],
		['{link} and {deadline}', undefined]
	])('that is none is found: %j', (typed, unknown) => expect(findUnknown(store(typed))).toBe(unknown));

	it('is found where it is used', () => {
		expect([...findUsed('{link} {first_names} {link}')]).toEqual(['first_names', 'link']);
	});
});
