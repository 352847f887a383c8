import { m } from '../i18n/compiled/messages.js';
import { LANGUAGES } from '../i18n/languages.ts';
import { fold } from '../kernel/text/fold.ts';

/**
 * What stands in a text for something that is different for each household. Stored by these names; shown, and typed, in
 * the language of the text: `{first_names}` is `{voornamen}` in Dutch.
 */
export const PLACEHOLDERS = ['first_names', 'household', 'link', 'answer', 'deadline'] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];

const SPELLINGS = {
	first_names: m.placeholder_first_names,
	household: m.placeholder_household,
	link: m.placeholder_link,
	answer: m.placeholder_answer,
	deadline: m.placeholder_deadline
};

type Locale = (typeof LANGUAGES)[number];

export function spell(name: Placeholder, language: string): string {
	return `{${SPELLINGS[name]({}, { locale: language as Locale })}}`;
}

/** By every spelling in every language, as people type them. */
const known = new Map(
	PLACEHOLDERS.flatMap((name) =>
		[`{${name}}`, ...LANGUAGES.map((language) => spell(name, language))].map((typed) => [fold(typed), name])
	)
);

/** How a text begins before anybody has written it. */
export function greet(language: string): string {
	return m.mail_hello({ name: '{first_names}' }, { locale: language as Locale });
}

const TYPED = /\{([^{}]*)\}/g;

/** As it is stored: whatever spelling of whichever language is known becomes the one name. */
export function store(typed: string): string {
	return typed.replace(TYPED, (whole) => {
		const name = known.get(fold(whole));
		return name ? `{${name}}` : whole;
	});
}

/** As it is shown to whoever writes. */
export function show(stored: string, language: string): string {
	return stored.replace(TYPED, (whole, name: Placeholder) =>
		PLACEHOLDERS.includes(name) ? spell(name, language) : whole
	);
}

/** Those that a stored text uses. */
export function findUsed(stored: string): Set<Placeholder> {
	return new Set(PLACEHOLDERS.filter((name) => stored.includes(`{${name}}`)));
}

/** What looks like a placeholder and is none, as it was typed; also one that was begun and not closed. */
export function findUnknown(stored: string): string | undefined {
	const [whole] = stored.match(TYPED)?.filter((one) => !known.has(fold(one))) ?? [];
	const begun = /\{[^{}\n]{0,20}/.exec(stored.replace(TYPED, ''))?.[0];
	return whole ?? begun;
}
