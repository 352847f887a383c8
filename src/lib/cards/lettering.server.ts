import type { Theme } from '../looks/look.ts';
import { type Face, type Run, split } from './faces.server.ts';

/** Millimetres, in the points that a PDF counts in. */
export const MM = 72 / 25.4;
export const INK = '#2b2622';
export const SOFT = '#5c534b';
export const HAIR = '#8d8378';

export type Style = {
	theme: Theme;
	face: Face;
	/** in points, as everything here */
	size: number;
	color: string;
	/** how many lines it may take: one */
	most?: number;
	/** of a line, in sizes */
	leading?: number;
	/** between letters */
	spacing?: number;
	/** of the typeface: figures as high as capitals, say */
	features?: PDFKit.Mixins.OpenTypeFeatures[];
};
/** `null` is a line to write on, for a name that the typefaces do not have the letters of. */
export type Line = { words: Run[] | null; style: Style };
export type Block = { lines: Line[]; gap: number } | { rule: string; gap: number };

/** Where a line stands: on this base line, in a field from `x` on, at its beginning (0), middle or end (1). */
export type Spot = { x: number; y: number; width: number; at: number };

const leadingOf = ({ style: { size, leading = 1.32 } }: Line) => size * leading;

/** Of blocks one under the other. */
export function heightOf(blocks: Block[]): number {
	const lines = blocks.flatMap((block) => ('rule' in block ? [] : block.lines));
	const gaps = blocks.reduce((sum, { gap }) => sum + gap, 0);
	return gaps + lines.reduce((sum, line) => sum + leadingOf(line), 0);
}

/** As large as there is room for, all of it alike: what has much on it is set smaller. */
export function shrink(compose: (scale: number) => Block[], room: number): Block[] {
	const scales = [1, 0.92, 0.85, 0.78, 0.7, 0.62, 0.54, 0.47, 0.4];
	return scales.map(compose).find((blocks) => heightOf(blocks) <= room) ?? compose(scales.at(-1)!);
}

/** From above, each line in the middle of a field of this width. */
export function stack(doc: PDFKit.PDFDocument, blocks: Block[], top: number, width: number): void {
	let y = top;
	for (const block of blocks) {
		y += block.gap;
		if ('rule' in block) {
			doc
				.lineWidth(0.5)
				.strokeColor(block.rule)
				.moveTo(width / 2 - 7 * MM, y)
				.lineTo(width / 2 + 7 * MM, y)
				.stroke();
			continue;
		}
		for (const line of block.lines) {
			y += leadingOf(line);
			set(doc, line, { x: 0, y: y - line.style.size * 0.3, width, at: 0.5 });
		}
	}
}

/** One line; for a name that it has no letters for, one to write on. */
export function set(doc: PDFKit.PDFDocument, { words, style }: Line, { x, y, width, at }: Spot): void {
	if (!words) {
		const from = x + width * 0.2 * at;
		doc
			.lineWidth(0.4)
			.strokeColor(SOFT)
			.moveTo(from, y)
			.lineTo(from + width * 0.8, y)
			.stroke();
		return;
	}
	const { spacing = 0, color, size, features } = style;
	let left = x + (width - widthOf(doc, words, style)) * at;
	for (const { text, file } of words) {
		doc.font(file).fontSize(size).fillColor(color);
		doc.text(text, left, y, {
			lineBreak: false,
			baseline: 'alphabetic',
			characterSpacing: spacing,
			features
		});
		left += doc.widthOfString(text, { characterSpacing: spacing }) + spacing;
	}
}

/** All of it on one line, as small as it takes. */
export function fit(doc: PDFKit.PDFDocument, text: string, style: Style, width: number): Line {
	const words = split(text.trim().replace(/\s+/g, ' '), style.face, style.theme);
	if (!words) return { words, style };
	const natural = widthOf(doc, words, style);
	return { words, style: natural > width ? { ...style, size: (style.size * width) / natural } : style };
}

function widthOf(doc: PDFKit.PDFDocument, runs: Run[], { size, spacing = 0 }: Style): number {
	const widths = runs.map(({ text, file }) => {
		return doc.font(file).fontSize(size).widthOfString(text, { characterSpacing: spacing }) + spacing;
	});
	return widths.reduce((sum, width) => sum + width, 0) - (runs.length > 0 ? spacing : 0);
}

const wrapped = new WeakMap<PDFKit.PDFDocument, Map<string, Line[]>>();

/** Most of what stands on a card stands on all of them: it is measured once for each document. */
export function wrap(doc: PDFKit.PDFDocument, text: string, style: Style, width: number): Line[] {
	const known = wrapped.get(doc) ?? new Map<string, Line[]>();
	wrapped.set(doc, known);
	const key = `${style.face} ${style.size} ${width} ${text}`;
	const lines = known.get(key) ?? wrapAnew(doc, text, style, width);
	known.set(key, lines);
	return lines;
}

/**
 * In at most so many lines, about as long as each other; what does not fit ends in dots. A word that is longer than a
 * line is set smaller, and broken where it is too long even then.
 */
function wrapAnew(doc: PDFKit.PDFDocument, text: string, style: Style, width: number): Line[] {
	const { most = 1 } = style;
	if (!text.trim()) return [];
	if (!split(text, style.face, style.theme))
		return [{ words: null, style: { ...style, size: style.size * 1.4 } }];
	const measure = (word: string) => widthOf(doc, split(word, style.face, style.theme)!, style);
	const isSmall = style.size < 6;
	const halve = (word: string): string[] => {
		const middle = Math.ceil(word.length / 2);
		return isSmall && measure(word) > width
			? [...halve(word.slice(0, middle)), ...halve(word.slice(middle))]
			: [word];
	};
	const words = text.trim().split(/\s+/).flatMap(halve);
	const widths = words.map(measure);
	const [space, dots] = [measure(' '), measure('…')];
	const [longest, count] = [Math.max(...widths), breakInto(widths, space, width).length];
	if (longest > width && !isSmall) return wrapAnew(doc, text, { ...style, size: style.size * 0.9 }, width);
	let limit = width;
	while (limit - 6 > longest && breakInto(widths, space, limit - 6).length === count) limit -= 6;
	const lines = breakInto(widths, space, count > most ? width - dots : limit);
	return lines.slice(0, most).map(([from, to], n) => {
		const end = n === most - 1 && lines.length > most ? '…' : '';
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
