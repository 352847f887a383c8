import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import type { Theme } from '../looks/look.ts';

/** What a card is set in: the faces of the site. */
export type Face = 'names' | 'serif' | 'sans' | 'italic' | 'strong';

/** Part of a text, and the file that has all of its letters. */
export type Run = { text: string; file: string };

const { resolve } = createRequire(import.meta.url);
const fileOf = (family: string, subset: string, style: string) =>
	resolve(`@fontsource/${family}/files/${family}-${subset}-${style}.woff`);

const LATIN = ['latin', 'latin-ext', 'vietnamese'];
const OTHERS = ['greek', 'cyrillic', 'greek-ext', 'cyrillic-ext'];
const alegreya = (style: string, subsets = [...LATIN, ...OTHERS]) =>
	subsets.map((subset) => fileOf('alegreya-sans', subset, style));

/** Each package has its letters in several files, and Fraunces has no Greek and no Cyrillic. */
const PAPER: Record<Face, string[]> = {
	names: fraunces(),
	serif: fraunces(),
	sans: alegreya('400-normal'),
	italic: alegreya('400-italic'),
	strong: alegreya('500-normal')
};

const FILES: Record<Theme, Record<Face, string[]>> = {
	paper: PAPER,
	grotesque: {
		names: ours('hanken-grotesk', '700-normal', 'serif'),
		serif: ours('hanken-grotesk', '700-normal', 'serif'),
		...textOf('hanken-grotesk')
	},
	botanical: {
		names: ours('cormorant-garamond', '400-italic', 'serif'),
		serif: ours('cormorant-garamond', '400-italic', 'serif'),
		...textOf('cabin')
	},
	deco: {
		names: ours('poiret-one', '400-normal', 'serif'),
		serif: ours('jost', '400-normal', 'serif'),
		...textOf('jost')
	},
	calligraphy: {
		names: ours('pinyon-script', '400-normal', 'serif'),
		serif: ours('crimson-pro', '400-normal', 'serif'),
		...textOf('crimson-pro')
	},
	garden: {
		names: ours('yeseva-one', '400-normal', 'serif'),
		serif: ours('yeseva-one', '400-normal', 'serif'),
		...textOf('karla')
	}
};

function fraunces() {
	return [
		...LATIN.map((subset) => fileOf('fraunces', subset, '400-normal')),
		...alegreya('400-normal', OTHERS)
	];
}

/** The letters that it has, and the house's for those that it has not. */
function ours(family: string, style: string, otherwise: Face): string[] {
	return [...['latin', 'latin-ext'].map((subset) => fileOf(family, subset, style)), ...PAPER[otherwise]];
}

function textOf(family: string) {
	return {
		sans: ours(family, '400-normal', 'sans'),
		italic: ours(family, '400-italic', 'italic'),
		strong: ours(family, '500-normal', 'strong')
	};
}

/** What nearly every card needs: one after the other they take a moment to open. */
export const listCommon = (theme: Theme = 'paper') => [
	...new Set(Object.values(FILES[theme]).map(([first]) => first!))
];

/** Whether a card can say this: not in Arabic, Hebrew or Chinese, say, which the typefaces do not have. */
export function canSet(text: string): boolean {
	return split(text, 'serif') !== null;
}

/** The text in parts, each of one file; null where there is a letter in it that no file has. Small pictures are left out. */
export function split(text: string, face: Face, theme: Theme = 'paper'): Run[] | null {
	const files = FILES[theme][face];
	// French has narrow blanks before its signs, which no file has
	const written = text
		.normalize('NFC')
		.replace(/\p{Cf}|\uFE0F/gu, '')
		.replace(/[\u2007\u202f]/g, '\u00a0');
	// most words are of one file, and seen so at a fifth of what cutting them into letters costs
	if (written && find(written, files.slice(0, 1))) return [{ text: written, file: files[0]! }];
	const runs: Run[] = [];
	for (const { segment } of segmenter.segment(written)) {
		const found = find(segment, files) ?? find(segment.replace(/\p{M}+/gu, ''), files);
		if (!found && /\p{Extended_Pictographic}|\p{Regional_Indicator}/u.test(segment)) continue;
		if (!found) return null;
		const last = runs.at(-1);
		if (last?.file === found.file) last.text += found.text;
		else runs.push(found);
	}
	return runs;
}

const segmenter = new Intl.Segmenter();

function find(letter: string, files: string[]): Run | undefined {
	const points = [...letter].map((sign) => sign.codePointAt(0)!);
	const file = files.find((file) => points.every((point) => lettersIn(file).has(point)));
	return points.length > 0 && file ? { text: letter, file } : undefined;
}

const known = new Map<string, Set<number>>();

/** pdfkit has read the file already when it is asked; its types do not tell where. */
function lettersIn(file: string): Set<number> {
	const letters = known.get(file) ?? new Set(openFace(file).characterSet);
	known.set(file, letters);
	return letters;
}

/** One of the files, for whoever draws its letters without a document. */
export function openFace(file: string): OpenFace {
	return (new PDFDocument().font(file) as unknown as { _font: { font: OpenFace } })._font.font;
}

/** As fontkit has it, of which pdfkit is made. */
type OpenFace = {
	characterSet: number[];
	unitsPerEm: number;
	layout(text: string): { glyphs: { path: Outline }[]; positions: { xAdvance: number }[] };
};
type Outline = {
	scale(x: number, y: number): Outline;
	translate(x: number, y: number): Outline;
	toSVG(): string;
};
