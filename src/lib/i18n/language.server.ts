import { AsyncLocalStorage } from 'node:async_hooks';
import { baseLocale, extractLocaleFromHeader, isLocale, overwriteGetLocale } from './compiled/runtime.js';
import type { Language } from './languages.ts';

/** Remembers what a visitor without a household chose. */
export const COOKIE = 'language';

const current = new AsyncLocalStorage<Language>();
overwriteGetLocale(() => current.getStore() ?? baseLocale);

/** Every message inside `fn` is in `language`: a request's pages, a mail's text. */
export function inLanguage<Result>(language: string, fn: () => Result): Result {
	return current.run(isLocale(language) ? language : baseLocale, fn);
}

/** The first that is one of ours: the household's, the chosen one, the browser's, the wedding's. */
export function choose(request: Request, household?: string, cookie?: string, wedding?: string): Language {
	const wanted = [household, cookie, extractLocaleFromHeader(request), wedding];
	return wanted.find((language) => isLocale(language)) ?? baseLocale;
}
