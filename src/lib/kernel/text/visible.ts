/** What a script cannot be written without: joiners, other shapes of a sign, the parts of a flag. */
const SPELLING = /[\u200c\u200d\u180b-\u180d\u180f\ufe00-\ufe0f\u{e0020}-\u{e007f}\u{e0100}-\u{e01ef}]/gu;
/** After these they mean something: letters of scripts that join, their vowel signs, and pictures. */
const JOINING =
	/(?![\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Hebrew}])[\p{L}\p{M}\p{Emoji}\p{S}]$/u;

/**
 * Without the signs that nobody sees: marks that turn the reading direction, blanks of no width, fillers. Joiners
 * stay where Persian, Hindi or an emoji is spelled with them.
 */
export function stripInvisible(text: string): string {
	return text.replace(/\p{Default_Ignorable_Code_Point}+/gu, (signs, at: number) =>
		JOINING.test(text.slice(Math.max(0, at - 2), at)) ? (signs.match(SPELLING) ?? []).join('') : ''
	);
}
