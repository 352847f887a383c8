import { fold } from './fold.ts';

/** Of one kind, so many are shown: whoever looks for another writes more of its name. */
export const MOST_FOUND = 8;

/** The words that were typed, as `fold` has them. */
export function foldWords(typed: string): string[] {
	return typed.split(/\s+/).map(fold).filter(Boolean);
}

/** Says of some texts whether they have all of these words in them, in any order, however they are written. */
export function finder(typed: string): (...texts: (string | undefined)[]) => boolean {
	const wanted = foldWords(typed);
	return (...texts) => {
		const text = texts.map((text = '') => fold(text)).join('\n');
		return wanted.every((word) => text.includes(word));
	};
}
