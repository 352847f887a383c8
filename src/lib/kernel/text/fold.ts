/*
 * Names as people type them, without their marks, on another keyboard, with another sign between their parts. The
 * database has the same function, `fold`, made by a migration: what changes here changes there, in a new migration.
 */

/** What stands on, under or between letters: accents, points and vowel signs, blanks, hyphens, apostrophes, invisible signs. */
const SIGNS =
	/[\0-%'-*,-/:-?[-`{-\u00bf\u02b9-\u036f\u0483-\u0489\u0591-\u05c7\u05f3\u05f4\u0600-\u061f\u0640\u064b-\u065f\u066a-\u066d\u0670\u06d4\u06d6-\u06ed\u1680\u180e\u1ab0-\u1aff\u1dc0-\u1dff\u2000-\u206f\u20d0-\u20ff\u2e00-\u2e7f\u3000-\u3003\ufe00-\ufe0f\ufe20-\ufe2f\ufeff]/g;

/** Letters that are no other letter with a mark, and how they are typed without their keyboard. */
const LETTERS: Record<string, string> = {
	...{ ß: 'ss', æ: 'ae', œ: 'oe', þ: 'th', ŋ: 'ng' },
	...{ ł: 'l', ø: 'o', đ: 'd', ð: 'd', ħ: 'h', ŧ: 't', ı: 'i', ə: 'e', ǝ: 'e', ɛ: 'e', ɔ: 'o' },
	...{ ɓ: 'b', ɖ: 'd', ɗ: 'd', ƙ: 'k', ƴ: 'y', ς: 'σ', ґ: 'г' },
	...{ ٱ: 'ا', ى: 'ي', ی: 'ي', ے: 'ي', ک: 'ك', ة: 'ه', ہ: 'ه', ھ: 'ه' }
};
const SPECIAL = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'g');

/** "O’Brien", "o brien" and "OBRIEN" are one, so are "Łukasz" and "lukasz": for comparing, never for showing. */
export function fold(text: string): string {
	return text
		.normalize('NFKD')
		.toLowerCase()
		.replace(SIGNS, '')
		.replace(SPECIAL, (letter) => LETTERS[letter]!);
}
