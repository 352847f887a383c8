import { setImmediate } from 'node:timers/promises';
import type { Card, Paper } from './card.ts';
import { write } from './document.server.ts';
import { draw } from './drawn.server.ts';
import { HAIR, MM } from './lettering.server.ts';

/** How cards of so many millimetres lie in the middle of a sheet of A4. */
export type Layout = {
	layout: 'portrait' | 'landscape';
	columns: number;
	rows: number;
	width: number;
	height: number;
	/** each is folded in the middle, to stand */
	isTent?: boolean;
};

const LAYOUTS: Record<Paper, Layout> = {
	a6: { layout: 'portrait', columns: 2, rows: 2, width: 105, height: 148.5 },
	a5: { layout: 'landscape', columns: 2, rows: 1, width: 148.5, height: 210 }
};

/** Cards on sheets of A4 with marks where to cut. */
export function print(cards: Card[], paper: Paper): PDFKit.PDFDocument {
	const { names: title = '', language, theme } = cards[0] ?? {};
	return write({ title, language, theme }, (doc) =>
		lay(doc, cards, LAYOUTS[paper], (card) => {
			if (paper === 'a5') doc.scale(Math.SQRT2);
			draw(doc, card);
		})
	);
}

/** Each is drawn at the document's origin. */
export async function lay<One>(
	doc: PDFKit.PDFDocument,
	all: One[],
	sheet: Layout,
	drawOne: (one: One) => void
): Promise<void> {
	const { layout, columns, rows } = sheet;
	const count = columns * rows;
	for (let first = 0; first < all.length && !doc.destroyed; first += count) {
		doc.addPage({ size: 'A4', layout, margin: 0 });
		const [left, top, width, height] = measure(doc, sheet);
		for (const [place, one] of all.slice(first, first + count).entries()) {
			const [x, y] = [left + (place % columns) * width, top + Math.floor(place / columns) * height];
			doc.save().translate(x, y);
			drawOne(one);
			doc.restore();
		}
		mark(doc, sheet);
		// others are answered meanwhile
		await setImmediate();
	}
}

/** Where the first card begins, and how large each is. */
function measure({ page }: PDFKit.PDFDocument, { columns, rows, ...card }: Layout) {
	const [width, height] = [card.width * MM, card.height * MM];
	return [(page.width - columns * width) / 2, (page.height - rows * height) / 2, width, height] as const;
}

/** Along the edges and where the cuts meet: a ruler from mark to mark shows the line. Where to fold, in dashes. */
function mark(doc: PDFKit.PDFDocument, sheet: Layout): void {
	const { page } = doc;
	const [left, top, width, height] = measure(doc, sheet);
	const half = 2.5 * MM;
	doc.lineWidth(0.3).strokeColor(HAIR);
	const line = (x1: number, y1: number, x2: number, y2: number) => doc.moveTo(x1, y1).lineTo(x2, y2);
	// as long as there is paper beside the cards, and on them where there is none
	const [long, across] = [top, left].map((margin) => (margin > 2 * MM ? margin - MM : 9 * MM));
	const isCut = (at: number, end: number) => at > MM && at < end - MM;
	const xs = Array.from({ length: sheet.columns + 1 }, (_, n) => left + n * width);
	const ys = Array.from({ length: sheet.rows + 1 }, (_, n) => top + n * height);
	const cuts = [xs.filter((x) => isCut(x, page.width)), ys.filter((y) => isCut(y, page.height))] as const;
	for (const x of cuts[0]) {
		line(x, 0, x, long!);
		line(x, page.height - long!, x, page.height);
		for (const y of cuts[1]) {
			line(x - half, y, x + half, y);
			line(x, y - half, x, y + half);
		}
	}
	for (const y of cuts[1]) {
		line(0, y, across!, y);
		line(page.width - across!, y, page.width, y);
	}
	doc.stroke();
	if (!sheet.isTent) return;
	for (const y of ys.slice(0, -1)) {
		line(0, y + height / 2, across!, y + height / 2);
		line(page.width - across!, y + height / 2, page.width, y + height / 2);
	}
	doc.dash(3, { space: 2 }).stroke().undash();
}
