import { describe, expect, it } from 'vitest';
import { line } from '../kernel/forms/fields.ts';
import { LANGUAGES, nameOwn } from './languages.ts';
import { byLanguage, requiredByLanguage } from './words.schema.ts';
import { isWordless, listWritten, readIn } from './words.ts';

describe('the couple’s words', () => {
	it('are read in one’s language, else in English, else in what there is', () => {
		expect(readIn({ de: 'Fest', en: 'Party', nl: 'Feest' }, 'nl')).toBe('Feest');
		expect(readIn({ de: 'Fest', en: 'Party', nl: '' }, 'nl')).toBe('Party');
		expect(readIn({ de: 'Fest', en: '' }, 'nl')).toBe('Fest');
		expect(readIn({}, 'nl')).toBe('');
	});

	it('are asked for in the languages that are spoken, and where there are some', () => {
		expect(listWritten(['nl'], [undefined, {}])).toEqual(['nl']);
		expect(listWritten(['nl'], [{ en: 'Party', nl: '' }])).toEqual(['en', 'nl']);
		expect(listWritten([...LANGUAGES], [])).toEqual(LANGUAGES);
	});

	it('may be in some languages only, and miss where it matters in none', () => {
		expect(byLanguage(line(9)).parse({ nl: ' Feest ', xx: 'no' })).toEqual({ nl: 'Feest' });
		const named = requiredByLanguage(line(9));
		expect(named.parse({ en: '', nl: 'Feest' })).toEqual({ en: '', nl: 'Feest' });
		expect(named.safeParse({ nl: '' }).error!.issues).toMatchObject([{ path: ['nl'], message: 'required' }]);
	});

	it('are none where all of them are blank', () => {
		expect([isWordless({}), isWordless({ en: ' ', nl: '' }), isWordless({ nl: 'x' })]).toEqual([
			true,
			true,
			false
		]);
		expect(isWordless({ en: ['x'] } as never)).toBe(false);
	});
});

it('calls a language what those who speak it do, as a name', () => {
	const names = {
		en: 'English',
		nl: 'Nederlands',
		fr: 'Français',
		it: 'Italiano',
		de: 'Deutsch',
		es: 'Español'
	};
	for (const [language, name] of Object.entries(names)) expect(nameOwn(language)).toBe(name);
});
