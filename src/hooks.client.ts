import { baseLocale, isLocale, overwriteGetLocale } from '#lib/i18n/compiled/runtime.js';

// the server decided; the page says which language it is in
overwriteGetLocale(() => {
	const { lang } = document.documentElement;
	return isLocale(lang) ? lang : baseLocale;
});
