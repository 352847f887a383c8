import { fold } from '../kernel/text/fold.ts';

/* What people write into the cells of a guest list, in six languages. */

/** A sign that stands for nothing. */
export const isNothing = (cell: string) => /^(-|–|—|\.|\?|n\/?a|n\.?v\.?t\.?)?$/i.test(cell.trim());

const YES = words(
	'yes, y, x, v, ja, j, si, s, oui, o, true, waar, vrai, wahr, vero, verdadero, child, kind, kid, bambino, bambina, enfant, nino, nina, 1'
);
const NO = words(
	'no, n, nee, non, nein, false, onwaar, faux, falsch, falso, adult, volwassen, volwassene, adulto, adulta, adulte, erwachsen, erwachsener, 0'
);

/** Undefined for what is neither. */
export function readYes(cell: string): boolean | undefined {
	const word = /^[✓✔☑xX×]$/.test(cell) ? 'x' : fold(cell);
	return YES.has(word) ? true : NO.has(word) ? false : undefined;
}

/** "2", "+1", "yes"; undefined for what is no number of people. */
export function readCount(cell: string): number | undefined {
	const digits = /^\+?\s*(\d{1,2})$/.exec(cell)?.[1];
	if (digits) return Number(digits);
	const isYes = readYes(cell);
	return isYes === undefined ? undefined : Number(isYes);
}

const LANGUAGES: Record<string, Set<string>> = {
	en: words('en, eng, english, engels, inglese, anglais, englisch, ingles'),
	nl: words(
		'nl, nld, dutch, nederlands, olandese, neerlandais, niederlandisch, neerlandes, holandes, vlaams'
	),
	it: words('it, ita, italian, italiano, italiaans, italien, italienisch'),
	fr: words('fr, fra, french, francais, frans, francese, franzosisch, frances'),
	de: words('de, deu, ger, german, deutsch, duits, tedesco, allemand, aleman'),
	es: words('es, spa, spanish, espanol, spaans, spagnolo, espagnol, spanisch, castellano')
};

/** Of six, whether the site speaks them or not; undefined for another. */
export function readLanguage(cell: string): string | undefined {
	const word = fold(cell.replace(/[-_][a-z]{2}$/i, ''));
	return Object.keys(LANGUAGES).find((code) => LANGUAGES[code]!.has(word));
}

/** Under this age somebody eats from the children's menu, where a list says no more than the age. */
export const GROWN_UP = 13;

/** Whether somebody of that day of birth is a child on `day`; undefined where it depends on which number is the month. */
export function isChildOn(cell: string, day: Date): boolean | undefined {
	const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})/.exec(cell);
	const local = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/.exec(cell);
	const dates = iso
		? [[iso[1], iso[2], iso[3]]]
		: local
			? [
					[local[3], local[2], local[1]],
					[local[3], local[1], local[2]]
				].filter(([, month]) => Number(month) <= 12)
			: [];
	const found = new Set(
		dates.map(([year, month, date]) => {
			const grown = Date.UTC(Number(year) + GROWN_UP, Number(month) - 1, Number(date));
			return grown > +day;
		})
	);
	return found.size === 1 ? [...found][0] : undefined;
}

/** The addresses in a cell: several with a blank, a comma or a line between them. */
export function splitEmails(cell: string): string[] {
	if ((cell.match(/@/g)?.length ?? 0) < 2) return cell.trim() ? [cell] : [];
	return cell
		.split(/[;,\n]|\s\/\s/)
		.flatMap((part) => ((part.match(/@/g)?.length ?? 0) > 1 ? part.split(/[\s/]+/) : [part]))
		.map((part) => part.trim())
		.filter((part) => part.includes('@'));
}

function words(text: string): Set<string> {
	return new Set(text.split(',').map((word) => fold(word)));
}
