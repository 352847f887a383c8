import type { Theme } from '../looks/look.ts';
import type { Card } from './card.ts';
import { canSet, type Face, type Run, split } from './faces.server.ts';

const MM = 72 / 25.4;
/** A6; larger cards are this one, enlarged */
const [WIDTH, HEIGHT] = [105 * MM, 148.5 * MM];
const COLUMN = 87 * MM;
const [INK, SOFT] = ['#2b2622', '#5c534b'];
const QR = 37 * MM;
/** Where the code's part begins, and how much room there is above it. */
const [BOTTOM, TOP] = [HEIGHT - 71 * MM, 12 * MM];

type Style = {
	theme: Theme;
	face: Face;
	/** in points, as everything here */
	size: number;
	color: string;
	/** how many lines it may take */
	most: number;
	/** of a line, in sizes */
	leading?: number;
	/** between letters */
	spacing?: number;
	/** of the typeface: figures as high as capitals, say */
	features?: PDFKit.Mixins.OpenTypeFeatures[];
};
/** `null` is a line to write on, for a name that the typefaces do not have the letters of. */
type Line = { words: Run[] | null; style: Style };
type Block = { lines: Line[]; gap: number } | { rule: string; gap: number };

/** Some faces are larger than others of their size. */
const NAMES: Record<Theme, Pick<Style, 'face' | 'size' | 'spacing'>> = {
	paper: { face: 'names', size: 25 },
	grotesque: { face: 'names', size: 27, spacing: -0.6 },
	botanical: { face: 'names', size: 30 },
	deco: { face: 'names', size: 23, spacing: 1.4 },
	calligraphy: { face: 'names', size: 34 },
	garden: { face: 'names', size: 25 }
};

const setNames = ({ names, theme, language }: Card) =>
	theme === 'deco' ? names.toLocaleUpperCase(language) : names;

/** One card of the size of A6, at the place where the document's origin is. */
export function draw(doc: PDFKit.PDFDocument, card: Card): void {
	// a card with much on it is set smaller, all of it alike
	const sizes = [1, 0.92, 0.85, 0.78, 0.7, 0.62, 0.54, 0.47, 0.4];
	const room = BOTTOM - TOP;
	const fitting = sizes.map((size) => compose(doc, card, size)).find((blocks) => heightOf(blocks) <= room);
	const blocks = fitting ?? compose(doc, card, sizes.at(-1)!);
	stack(doc, blocks, TOP + Math.max(0, room - heightOf(blocks)) * 0.42);
	drawCode(doc, card);
}

function compose(doc: PDFKit.PDFDocument, card: Card, scale: number): Block[] {
	const text = (value: string, style: Style, gap: number): Block[] => {
		const size = style.size * scale;
		const lines = wrap(doc, value, { ...style, size });
		return lines.length > 0 ? [{ lines, gap: gap * scale }] : [];
	};
	const { theme } = card;
	const small = { theme, face: 'sans', size: 10.5, color: SOFT } as const;
	return [
		...text(setNames(card), { theme, color: INK, most: 3, leading: 1.1, ...NAMES[theme] }, 0),
		...text(card.day, { ...small, most: 2 }, 7),
		...text(card.place, { ...small, most: 2 }, 0),
		{ rule: card.accent, gap: 13 * scale },
		...text(card.household, { theme, face: 'serif', size: 15, color: INK, most: 2, leading: 1.2 }, 13),
		...(canSet(card.guests) ? text(card.guests, { ...small, most: 4 }, 3) : []),
		...card.line
			.split('\n')
			.flatMap((line, n) => text(line, { theme, face: 'italic', size: 11, color: INK, most: 4 }, n ? 0 : 11))
	];
}

/** The way in: to scan, and to type. */
function drawCode(doc: PDFKit.PDFDocument, { qr, scan, type, address, code, theme }: Card): void {
	doc
		.save()
		.translate((WIDTH - QR) / 2, BOTTOM)
		.scale(QR / qr.size);
	// without a margin of its own between two squares: readers forgive it, eyes do not
	doc.path(qr.path).fill('#000000');
	doc.restore();
	const small = { theme, face: 'sans', size: 9.5, color: SOFT, most: 1 } as const;
	const strong = { theme, face: 'strong', color: INK, most: 1 } as const;
	const blocks = [
		{ lines: wrap(doc, scan, small), gap: 0 },
		{ lines: wrap(doc, address, { ...strong, size: 11.5 }), gap: 0 },
		{ lines: wrap(doc, type, small), gap: 2 },
		{ lines: wrap(doc, code, { ...strong, size: 14.5, spacing: 1, features: ['lnum'] }), gap: 0 }
	];
	stack(doc, blocks, BOTTOM + QR);
}

const leadingOf = ({ style: { size, leading = 1.32 } }: Line) => size * leading;

function heightOf(blocks: Block[]): number {
	const lines = blocks.flatMap((block) => ('rule' in block ? [] : block.lines));
	const gaps = blocks.reduce((sum, { gap }) => sum + gap, 0);
	return gaps + lines.reduce((sum, line) => sum + leadingOf(line), 0);
}

function stack(doc: PDFKit.PDFDocument, blocks: Block[], top: number): void {
	let y = top;
	for (const block of blocks) {
		y += block.gap;
		if ('rule' in block) {
			doc
				.lineWidth(0.5)
				.strokeColor(block.rule)
				.moveTo(WIDTH / 2 - 7 * MM, y)
				.lineTo(WIDTH / 2 + 7 * MM, y)
				.stroke();
			continue;
		}
		for (const line of block.lines) {
			y += leadingOf(line);
			set(doc, line, y - line.style.size * 0.3);
		}
	}
}

/** In the middle, on this base line. */
function set(doc: PDFKit.PDFDocument, { words, style }: Line, y: number): void {
	if (!words) {
		const [from, to] = [WIDTH / 2 - COLUMN * 0.4, WIDTH / 2 + COLUMN * 0.4];
		doc.lineWidth(0.4).strokeColor(SOFT).moveTo(from, y).lineTo(to, y).stroke();
		return;
	}
	const { spacing = 0, color, size, features } = style;
	let x = (WIDTH - widthOf(doc, words, style)) / 2;
	for (const { text, file } of words) {
		doc.font(file).fontSize(size).fillColor(color);
		doc.text(text, x, y, { lineBreak: false, baseline: 'alphabetic', characterSpacing: spacing, features });
		x += doc.widthOfString(text, { characterSpacing: spacing }) + spacing;
	}
}

function widthOf(doc: PDFKit.PDFDocument, runs: Run[], { size, spacing = 0 }: Style): number {
	const widths = runs.map(({ text, file }) => {
		return doc.font(file).fontSize(size).widthOfString(text, { characterSpacing: spacing }) + spacing;
	});
	return widths.reduce((sum, width) => sum + width, 0) - (runs.length > 0 ? spacing : 0);
}

const wrapped = new WeakMap<PDFKit.PDFDocument, Map<string, Line[]>>();

/** Most of what stands on a card stands on all of them: it is measured once for each document. */
function wrap(doc: PDFKit.PDFDocument, text: string, style: Style): Line[] {
	const known = wrapped.get(doc) ?? new Map<string, Line[]>();
	wrapped.set(doc, known);
	const key = `${style.face} ${style.size} ${text}`;
	const lines = known.get(key) ?? wrapAnew(doc, text, style);
	known.set(key, lines);
	return lines;
}

/**
 * In at most so many lines, about as long as each other; what does not fit ends in dots. A word that is longer than a
 * line is set smaller, and broken where it is too long even then.
 */
function wrapAnew(doc: PDFKit.PDFDocument, text: string, style: Style): Line[] {
	if (!text.trim()) return [];
	if (!split(text, style.face, style.theme))
		return [{ words: null, style: { ...style, size: style.size * 1.4 } }];
	const measure = (word: string) => widthOf(doc, split(word, style.face, style.theme)!, style);
	const isSmall = style.size < 6;
	const halve = (word: string): string[] => {
		const middle = Math.ceil(word.length / 2);
		return isSmall && measure(word) > COLUMN
			? [...halve(word.slice(0, middle)), ...halve(word.slice(middle))]
			: [word];
	};
	const words = text.trim().split(/\s+/).flatMap(halve);
	const widths = words.map(measure);
	const [space, dots] = [measure(' '), measure('…')];
	const [longest, count] = [Math.max(...widths), breakInto(widths, space, COLUMN).length];
	if (longest > COLUMN && !isSmall) return wrapAnew(doc, text, { ...style, size: style.size * 0.9 });
	let limit = COLUMN;
	while (limit - 6 > longest && breakInto(widths, space, limit - 6).length === count) limit -= 6;
	const lines = breakInto(widths, space, count > style.most ? COLUMN - dots : limit);
	return lines.slice(0, style.most).map(([from, to], n) => {
		const end = n === style.most - 1 && lines.length > style.most ? '…' : '';
		return { words: split(words.slice(from, to).join(' ') + end, style.face, style.theme), style };
	});
}

/** Where each line begins and ends, by the widths of its words. */
function breakInto(widths: number[], space: number, limit: number): [from: number, to: number][] {
	const lines: [number, number][] = [];
	let length = Infinity;
	for (const [n, width] of widths.entries()) {
		length += space + width;
		if (length > limit) {
			lines.push([n, n]);
			length = width;
		}
		lines.at(-1)![1] = n + 1;
	}
	return lines;
}
