import type { Theme } from '../looks/look.ts';
import type { Card } from './card.ts';
import { canSet } from './faces.server.ts';
import { type Block, heightOf, INK, MM, shrink, SOFT, stack, type Style, wrap } from './lettering.server.ts';

/** A6; larger cards are this one, enlarged */
const [WIDTH, HEIGHT] = [105 * MM, 148.5 * MM];
const COLUMN = 87 * MM;
const QR = 37 * MM;
/** Where the code's part begins, and how much room there is above it. */
const [BOTTOM, TOP] = [HEIGHT - 71 * MM, 12 * MM];

/** As the couple’s names are set: some faces are larger than others of their size. */
export const NAMES: Record<Theme, Pick<Style, 'face' | 'size' | 'spacing'>> = {
	paper: { face: 'names', size: 25 },
	grotesque: { face: 'names', size: 27, spacing: -0.6 },
	botanical: { face: 'names', size: 30 },
	deco: { face: 'names', size: 23, spacing: 1.4 },
	calligraphy: { face: 'names', size: 34 },
	garden: { face: 'names', size: 25 }
};

export const setNames = ({ names, theme, language }: Pick<Card, 'names' | 'theme' | 'language'>) =>
	theme === 'deco' ? names.toLocaleUpperCase(language) : names;

/** One card of the size of A6, at the place where the document's origin is. */
export function draw(doc: PDFKit.PDFDocument, card: Card): void {
	const room = BOTTOM - TOP;
	const blocks = shrink((scale) => compose(doc, card, scale), room);
	stack(doc, blocks, TOP + Math.max(0, room - heightOf(blocks)) * 0.42, WIDTH);
	drawCode(doc, card);
}

function compose(doc: PDFKit.PDFDocument, card: Card, scale: number): Block[] {
	const text = (value: string, style: Style, gap: number): Block[] => {
		const size = style.size * scale;
		const lines = wrap(doc, value, { ...style, size }, COLUMN);
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
		{ lines: wrap(doc, scan, small, COLUMN), gap: 0 },
		{ lines: wrap(doc, address, { ...strong, size: 11.5 }, COLUMN), gap: 0 },
		{ lines: wrap(doc, type, small, COLUMN), gap: 2 },
		{ lines: wrap(doc, code, { ...strong, size: 14.5, spacing: 1, features: ['lnum'] }, COLUMN), gap: 0 }
	];
	stack(doc, blocks, BOTTOM + QR, WIDTH);
}
