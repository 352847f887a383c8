import { getLocale } from './compiled/runtime.js';

const collators = new Map<string, Intl.Collator>();

/** As a telephone book in the reader's language has them: Élise beside Elise, "Table 2" before "Table 10". */
export function collator(language: string = getLocale()): Intl.Collator {
	const made = collators.get(language) ?? new Intl.Collator(language, { numeric: true });
	collators.set(language, made);
	return made;
}

/** What has the same name stays in the order in which it came. */
export function sortByName<Named>(all: Named[], nameOf: (one: Named) => string): Named[] {
	const { compare } = collator();
	return all.toSorted((one, other) => compare(nameOf(one), nameOf(other)));
}
