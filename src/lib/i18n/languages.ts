import { getLocale, type Locale, locales } from './compiled/runtime.js';

export type Language = Locale;

/** As project.inlang/settings.json lists them: the one place that does. */
export const LANGUAGES = locales;

const own = new Map<string, string>();

/** "Deutsch": what those who speak it call it, for a list to choose from. */
export function nameOwn(language: string): string {
	const known = own.get(language);
	if (known) return known;
	// every page has all of them, and it takes as long as a query
	const name = new Intl.DisplayNames(language, { type: 'language' }).of(language)!;
	const capitalised = name.slice(0, 1).toLocaleUpperCase(language) + name.slice(1);
	own.set(language, capitalised);
	return capitalised;
}

/** "German", within a sentence in the reader's language. */
export function nameHere(language: string): string {
	return new Intl.DisplayNames(getLocale(), { type: 'language' }).of(language)!;
}

export const languageOptions = () => LANGUAGES.map((value) => ({ value, label: nameOwn(value) }));
