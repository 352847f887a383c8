import { setImmediate } from 'node:timers/promises';
import PDFDocument from 'pdfkit';
import { type Card, ON_A_SHEET, type Paper } from './card.ts';
import { draw } from './drawn.server.ts';
import { listCommon } from './faces.server.ts';

/** Millimetres, in the points that a PDF counts in. */
const MM = 72 / 25.4;
const A4 = { width: 210 * MM, height: 297 * MM };

/** How the cards lie on a sheet of A4, and how much larger than A6 each is. */
const LAYOUTS = {
	a6: { layout: 'portrait', columns: 2, rows: 2, scale: 1 },
	a5: { layout: 'landscape', columns: 2, rows: 1, scale: Math.SQRT2 }
} as const;

/** Cards on sheets of A4 with marks where to cut, as a PDF that comes while it is written. */
export function print(cards: Card[], paper: Paper): PDFKit.PDFDocument {
	const info = { Title: cards[0]?.names ?? '', Creator: 'Vowtape', Producer: 'Vowtape' };
	const doc = new PDFDocument({ autoFirstPage: false, lang: cards[0]?.language, info });
	fill(doc, cards, paper).then(
		() => doc.end(),
		(error) => doc.destroy(error)
	);
	return doc;
}

async function fill(doc: PDFKit.PDFDocument, cards: Card[], paper: Paper): Promise<void> {
	const { layout, columns, rows, scale } = LAYOUTS[paper];
	const [width, height] = layout === 'portrait' ? [A4.width, A4.height] : [A4.height, A4.width];
	const count = ON_A_SHEET[paper];
	for (const file of listCommon(cards[0]?.theme)) {
		doc.font(file).widthOfString('Aa');
		await setImmediate();
	}
	for (let first = 0; first < cards.length && !doc.destroyed; first += count) {
		doc.addPage({ size: 'A4', layout, margin: 0 });
		for (const [place, card] of cards.slice(first, first + count).entries()) {
			const [x, y] = [(place % columns) * (width / columns), Math.floor(place / columns) * (height / rows)];
			doc.save().translate(x, y).scale(scale);
			draw(doc, card);
			doc.restore();
		}
		mark(doc, columns, rows);
		// others are answered meanwhile
		await setImmediate();
	}
}

/** Along the edges and where the cuts meet: a ruler from mark to mark shows the line. */
function mark(doc: PDFKit.PDFDocument, columns: number, rows: number): void {
	const { width, height } = doc.page;
	const [long, half] = [9 * MM, 2.5 * MM];
	doc.lineWidth(0.3).strokeColor('#8d8378');
	const line = (x1: number, y1: number, x2: number, y2: number) => doc.moveTo(x1, y1).lineTo(x2, y2);
	for (let column = 1; column < columns; column++) {
		const x = (column * width) / columns;
		line(x, 0, x, long);
		line(x, height - long, x, height);
		for (let row = 1; row < rows; row++) {
			const y = (row * height) / rows;
			line(x - half, y, x + half, y);
			line(x, y - half, x, y + half);
		}
	}
	for (let row = 1; row < rows; row++) {
		const y = (row * height) / rows;
		line(0, y, long, y);
		line(width - long, y, width, y);
	}
	doc.stroke();
}
