/** "Helen, George and Poppy (6) + 1": people, the ages of some, and how many more they may bring. */
export type Named = { name: string; age?: number };

const AND = /\s*(?:[,;\n/]|\s&\s|&|\s\+\s(?=\D)|\s(?:and|en|e|et|und|y)\s)\s*/i;
const PLUS =
	/(?<=[\p{L}\p{M}).])\s*(?:\+\s*|\bplus\s+)(\d|one|guest|partner|een|gast|ospite|invit[ée]|begleitung|uno)?\s*$/iu;
const AGE = /\s*\(\s*(\d{1,2})\s*(?:y|yrs?|years?|jr?|jaar|anni|ans|jahre|a[nñ]os)?\.?\s*\)\s*$/i;

/** Takes "+1" off the end of a name; `more` is how many. */
export function takePlusOnes(text: string): { text: string; more: number } {
	const found = PLUS.exec(text);
	if (!found || found.index === 0) return { text, more: 0 };
	return { text: text.slice(0, found.index), more: Number(found[1]) || 1 };
}

/** The people that a cell of a household names. */
export function splitNames(cell: string): Named[] {
	return cell
		.split(AND)
		.map((part) => part.trim())
		.filter(Boolean)
		.map(readAge);
}

/** "Poppy (6)" */
export function readAge(text: string): Named {
	const age = AGE.exec(text);
	return age ? { name: text.slice(0, age.index).trim(), age: Number(age[1]) } : { name: text };
}
