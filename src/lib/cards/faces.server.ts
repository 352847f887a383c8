import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';

/** What a card is set in: the site's own two typefaces. */
export type Face = 'serif' | 'sans' | 'italic' | 'strong';

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
const FILES: Record<Face, string[]> = {
	serif: [
		...LATIN.map((subset) => fileOf('fraunces', subset, '400-normal')),
		...alegreya('400-normal', OTHERS)
	],
	sans: alegreya('400-normal'),
	italic: alegreya('400-italic'),
	strong: alegreya('500-normal')
};

/** What nearly every card needs: one after the other they take a moment to open. */
export const COMMON = Object.values(FILES).map(([first]) => first!);

/** Whether a card can say this: not in Arabic, Hebrew or Chinese, say, which the typefaces do not have. */
export function canSet(text: string): boolean {
	return split(text, 'serif') !== null;
}

/** The text in parts, each of one file; null where there is a letter in it that no file has. Small pictures are left out. */
export function split(text: string, face: Face): Run[] | null {
	const files = FILES[face];
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
