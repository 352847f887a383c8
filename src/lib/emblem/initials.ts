/** Between two names, as people write it in our languages. */
const AND = /\s*(?:[&+,/·]|\s(?:and|en|et|e|ed|und|y)\s)\s*/iu;

/** "A & B" of "Anna & Ben de Vries"; one letter of one name, and "&" of none. */
export function initialsOf(names: string): string {
	const parts = names.split(AND).map((name) => name.replace(/^[^\p{L}\p{N}]+/u, ''));
	const letters = parts.filter(Boolean).map((name) => firstLetter(name));
	return letters.slice(0, 2).join(' & ') || '&';
}

const segmenter = new Intl.Segmenter();

/** With the accents that belong to it. */
function firstLetter(name: string): string {
	const [first] = segmenter.segment(name);
	return first!.segment.toLocaleUpperCase();
}
