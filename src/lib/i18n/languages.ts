import { m } from './compiled/messages.js';
import { type Locale, locales } from './compiled/runtime.js';

export type Language = Locale;

export const LANGUAGES = locales;

export const languageName: Record<Language, () => string> = {
	en: () => m.app_language_en(),
	nl: () => m.app_language_nl()
};

export const languageOptions = () => LANGUAGES.map((value) => ({ value, label: languageName[value]() }));
