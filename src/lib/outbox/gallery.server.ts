import { inLanguage } from '../i18n/language.server.ts';
import { LANGUAGES } from '../i18n/languages.ts';
import { clock, DAY } from '../kernel/clock.ts';
import { Problem } from '../kernel/problem.ts';
import type { Wedding } from '../weddings/wedding.ts';
import * as weddings from '../weddings/weddings.server.ts';
import type { Letter } from '../mail/letter.ts';
import * as letters from './letters.server.ts';

export type Shown = { kind: string; language: string; letter: Letter };

/** A letter of every kind in every language, of a wedding like this one. */
export function list(wedding: Wedding): Shown[] {
	const days = Math.floor(clock.now().getTime() / 1000 / DAY) + 182;
	// a Saturday: the first day of all was a Thursday
	const heldOn = new Date((days + ((9 - (days % 7)) % 7)) * DAY * 1000);
	const sampled = { ...wedding, names: 'Anna & Ben', place: 'Janskerk, Utrecht', heldOn };
	const link = `${weddings.originOf(wedding)}/i/ABCDEFGHJKMN`;
	return letters
		.listSamples()
		.flatMap(({ kind, sample }) =>
			LANGUAGES.map((language) =>
				inLanguage(language, () => ({ kind, language, letter: sample(sampled, { language, link }) }))
			)
		);
}

/** Throws 404. */
export function get(wedding: Wedding, kind: string, language: string): Letter {
	const found = list(wedding).find((one) => one.kind === kind && one.language === language);
	if (!found) throw new Problem(404, 'not_found');
	return found.letter;
}
