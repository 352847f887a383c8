import { getLocale } from '../i18n/compiled/runtime.js';
import { nameLanguage } from '../i18n/format.ts';
import { Problem } from '../kernel/problem.ts';
import { isWrittenIn, type Written } from './mailing.ts';
import { findUnknown, findUsed, type Placeholder, spell } from './placeholder.ts';

const name = (language: string) => nameLanguage(language, getLocale());

type Circumstances = {
	/** in which it is looked at */
	languages: string[];
	hasDeadline: boolean;
};

/** What keeps a text from being sent as it is, in any of its languages. */
export function findFaults(written: Written, { languages, hasDeadline }: Circumstances): Problem[] {
	const { subject, text } = written;
	const begun = languages.filter((language) => text[language] || subject[language]);
	const half = begun.filter((language) => !isWrittenIn(written, language));
	const whole = begun.filter((language) => isWrittenIn(written, language));
	if (begun.length === 0) return [new Problem(409, 'mailing_empty')];
	const unknown = begun.flatMap((language) => {
		const placeholder = findUnknown(`${subject[language] ?? ''} \n${text[language] ?? ''}`);
		return placeholder ? [{ placeholder, language: name(language) }] : [];
	});
	const used = new Map(whole.map((language) => [language, findUsed(subject[language]! + text[language]!)]));
	const missing = [...used].flatMap(([language, own]) =>
		[...used].flatMap(([other, theirs]) =>
			[...theirs.difference(own)].map((placeholder) => ({ placeholder, language, other }))
		)
	);
	const usesDeadline = [...used.values()].some((own) => own.has('deadline'));
	return [
		...half.map((language) =>
			subject[language]
				? new Problem(409, 'mailing_without_text', { language: name(language) })
				: new Problem(409, 'mailing_without_subject', { language: name(language) })
		),
		...unknown.map((about) => new Problem(409, 'placeholder_unknown', about)),
		...onePerPlaceholder(missing).map(
			({ placeholder, language, other }) =>
				new Problem(409, 'placeholder_missing', {
					placeholder: spell(placeholder, language),
					language: name(language),
					other: name(other)
				})
		),
		...(usesDeadline && !hasDeadline ? [new Problem(409, 'placeholder_deadline')] : [])
	];
}

type Missing = { placeholder: Placeholder; language: string; other: string };

/** Of one that several other languages have, one sentence. */
function onePerPlaceholder(missing: Missing[]): Missing[] {
	const seen = new Map(missing.map((one) => [`${one.language} ${one.placeholder}`, one]));
	return [...seen.values()];
}
