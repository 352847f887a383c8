import { describe, expect, it } from 'vitest';
import { findFaults } from './faults.ts';
import type { Written } from './mailing.ts';

const whole = {
	subject: { en: 'Later', nl: 'Later' },
	text: { en: 'Dear {first_names}', nl: 'Lieve {first_names}' }
};
const faults = (written: Partial<Written>, hasDeadline = true) =>
	findFaults({ ...whole, ...written }, { hasDeadline, languages: ['en', 'nl'] }).map(({ code, params }) => [
		code,
		params
	]);

describe('a text', () => {
	it.each<[string, Partial<Written>, [string, object][]]>([
		['that is whole in both languages', {}, []],
		['in one language', { subject: { nl: 'Later' }, text: { nl: 'Om acht uur' } }, []],
		['that is none', { subject: {}, text: {} }, [['mailing_empty', {}]]],
		['without a subject', { subject: { en: 'Later' } }, [['mailing_without_subject', { language: 'Dutch' }]]],
		['without words', { text: { nl: '{first_names}' } }, [['mailing_without_text', { language: 'English' }]]],
		[
			'with a placeholder that is misspelt',
			{ text: { ...whole.text, en: 'Dear {first_names} {fist names}' } },
			[['placeholder_unknown', { placeholder: '{fist names}', language: 'English' }]]
		],
		[
			'with a placeholder that one language lacks',
			{ text: { ...whole.text, en: 'Dear {first_names}, see {link}' } },
			[['placeholder_missing', { placeholder: '{link}', language: 'Dutch', other: 'English' }]]
		],
		[
			'with each in another one',
			{ text: { en: '{link}', nl: '{answer}' } },
			[
				['placeholder_missing', { placeholder: '{answer}', language: 'English', other: 'Dutch' }],
				['placeholder_missing', { placeholder: '{link}', language: 'Dutch', other: 'English' }]
			].map(([code, about]) => [code, about] as [string, object])
		],
		[
			'with one in the subject there and in the text here',
			{ subject: { en: '{household}', nl: 'Later' }, text: { en: 'x', nl: '{household}' } },
			[]
		]
	])('%s', (_, written, expected) => expect(faults(written)).toEqual(expected));

	it('that names a deadline needs one', () => {
		const text = { en: 'until {deadline}', nl: 'tot {deadline}' };
		expect(faults({ text })).toEqual([]);
		expect(faults({ text }, false)).toEqual([['placeholder_deadline', {}]]);
	});
});
