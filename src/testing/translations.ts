type Variants = { declarations: string[]; selectors: string[]; match: Record<string, string> }[];
export type Catalogue = Record<string, string | Variants>;

/** Stands for what no variant names. */
const OTHER = 'another';

type Message = { inputs: Set<string>; plurals: Set<string>; selectors: string[]; variants: Variant[] };
type Variant = { name: string; wants: Record<string, string>; text: string; blanks: Set<string> };

/** Where a catalogue does not say what the one in English says; Paraglide would show the key, "undefined" or English. */
export function findMistakes(english: Catalogue, translation: Catalogue, locale: string): string[] {
	const keys = new Set([...Object.keys(english), ...Object.keys(translation)]);
	return [...keys]
		.filter((key) => !key.startsWith('$'))
		.flatMap((key) => {
			if (!(key in translation)) return `${key} is missing`;
			if (!(key in english)) return `${key} is not used`;
			const [source, said] = [read(english[key]!), read(translation[key]!)];
			return [...new Set([...judge(source, said), ...judgeCover(source, said, locale)])].map(
				(mistake) => `${key} ${mistake}`
			);
		});
}

function* judge(source: Message, said: Message) {
	const blanks = (message: Message) => new Set(message.variants.flatMap((variant) => [...variant.blanks]));
	for (const blank of blanks(source).difference(blanks(said))) yield `leaves out {${blank}}`;
	for (const blank of blanks(said).difference(source.inputs)) yield `asks for {${blank}}`;
	for (const input of said.inputs.difference(source.inputs).difference(blanks(said)))
		yield `declares {${input}}`;
	for (const { name, text, blanks } of said.variants) {
		const label = name && `${name} `;
		if (!text.trim()) yield `${label}is empty`;
		const same = source.variants.find((variant) => variant.name === name);
		if (!same) continue;
		// "one" may count without a number, what is for all the others may not
		if (!/=(one|\d)/.test(name))
			for (const blank of same.blanks.difference(blanks)) yield `${label}leaves out {${blank}}`;
		if (text === same.text && countWords(text) > 4) yield `${label}is in English`;
	}
}

/** Each category of number that the language has, with each value that English tells apart, finds its sentence. */
function* judgeCover(source: Message, said: Message, locale: string) {
	const { pluralCategories } = new Intl.PluralRules(locale).resolvedOptions();
	const values = (selector: string) =>
		said.plurals.has(selector)
			? pluralCategories
			: source.variants.map(({ wants }) => (wants[selector] === '*' ? OTHER : wants[selector]!));
	let cases: Record<string, string>[] = [{}];
	for (const selector of said.selectors) {
		if (!said.plurals.has(selector) && !said.inputs.has(selector)) yield `selects by ${selector}`;
		cases = cases.flatMap((one) => values(selector).map((value) => ({ ...one, [selector]: value })));
	}
	for (const one of cases) {
		const finds = ({ wants }: Variant) =>
			Object.entries(one).every(([selector, value]) => [value, '*'].includes(wants[selector]!));
		if (!said.variants.some(finds)) yield `says nothing for ${Object.values(one).join(', ')}`;
	}
}

function read(message: string | Variants): Message {
	const [{ declarations, selectors, match }] =
		typeof message === 'string'
			? [{ declarations: [], selectors: [], match: { '': message } as Record<string, string> }]
			: (message as [Variants[number]]);
	const variants = Object.entries(match).map(([name, text]) => {
		const wants = name.split(',').map((want) => want.trim().split('=') as [string, string]);
		const blanks = new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, blank]) => blank!));
		return { name, text, blanks, wants: name ? Object.fromEntries(wants) : {} };
	});
	const declared = declarations.flatMap((line) => /^input (\w+)$/.exec(line)?.[1] ?? []);
	const inputs = new Set([...declared, ...variants.flatMap(({ blanks }) => [...blanks])]);
	const plurals = declarations.flatMap((line) => {
		const [, name, input] = /^local (\w+) = (\w+): plural$/.exec(line) ?? [];
		return name && inputs.has(input!) ? name : [];
	});
	return { inputs, plurals: new Set(plurals), selectors, variants };
}

const countWords = (text: string) => text.match(/\p{L}{3,}/gu)?.length ?? 0;
