import { getLocale, type Locale, locales } from './compiled/runtime.js';

export type Language = Locale;

/** As project.inlang/settings.json lists them: the one place that does. */
export const LANGUAGES = locales;

/** "Deutsch": what those who speak it call it, for a list to choose from. */
export function nameOwn(language: string): string {
	const name = new Intl.DisplayNames(language, { type: 'language' }).of(language)!;
	return name.slice(0, 1).toLocaleUpperCase(language) + name.slice(1);
}

/** "German", within a sentence in the reader's language. */
export function nameHere(language: string): string {
	return new Intl.DisplayNames(getLocale(), { type: 'language' }).of(language)!;
}

export const languageOptions = () => LANGUAGES.map((value) => ({ value, label: nameOwn(value) }));
