import { baseLocale } from './compiled/runtime.js';
import { type Language, LANGUAGES } from './languages.ts';

/** The couple's words, by language; they may have written them in one only. */
export type Words = Partial<Record<string, string>>;

/** In the reader's language, else in English, else in the one that there is. */
export function readIn(words: Words, language: string): string {
	return words[language] || words[baseLocale] || Object.values(words).find(Boolean) || '';
}

/** In which languages a form asks for words: in those that are spoken, and where there are words already. */
export function listWritten(spoken: string[], words: (Words | undefined)[]): Language[] {
	return LANGUAGES.filter((language) => spoken.includes(language) || words.some((some) => some?.[language]));
}

/** Nothing but blanks, in every language. */
export function isWordless(words: Words): boolean {
	return LANGUAGES.every((language) => {
		const typed: unknown = words[language] ?? '';
		return typeof typed === 'string' && !typed.trim();
	});
}
