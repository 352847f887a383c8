import { NAMES } from '../drawn.server.ts';
import { type Block, heightOf, INK, MM, shrink, SOFT, stack, type Style, wrap } from '../lettering.server.ts';
import type { Layout } from '../sheet.server.ts';
import type { Seated, SeatedTable } from './seated.ts';

type Paper = Pick<Layout, 'width' | 'height' | 'isTent'>;
type Look = Pick<Seated, 'theme' | 'accent' | 'language'>;

/** Whose place it is, and at which table. */
export function drawPlace(
	doc: PDFKit.PDFDocument,
	look: Look,
	{ name, title }: { name: string; title: string },
	paper: Paper
): void {
	const { theme } = look;
	const small = { theme, face: 'sans', size: 10.5, color: SOFT } as const;
	drawSides(doc, paper, (text, scale) => [
		...text(inCapitals(name, look), { ...namesOf(look), most: 2 }, 0),
		{ rule: look.accent, gap: (paper.isTent ? 6 : 11) * scale },
		...text(title, small, 5)
	]);
}

/** Its number, to be seen from afar, and its name. */
export function drawTable(doc: PDFKit.PDFDocument, look: Seated, table: SeatedTable, paper: Paper): void {
	const { theme } = look;
	const large = Math.min(paper.width, halfOf(paper)) / 105;
	const number = {
		theme,
		face: 'names',
		size: 120 * large,
		color: INK,
		leading: 1,
		features: ['lnum']
	} satisfies Style;
	const small = { theme, face: 'sans', size: 11, color: SOFT } as const;
	drawSides(doc, paper, (text, scale) => [
		...text(String(table.number), number, 0),
		...(table.name
			? text(inCapitals(table.name, look), { ...namesOf(look), size: NAMES[theme].size * large, most: 2 }, 6)
			: []),
		{ rule: look.accent, gap: 18 * scale },
		...text(look.names, small, 8)
	]);
}

const namesOf = ({ theme }: Look) => ({ theme, color: INK, leading: 1.15, ...NAMES[theme] });
const inCapitals = (text: string, { theme, language }: Look) =>
	theme === 'deco' ? text.toLocaleUpperCase(language) : text;
const halfOf = ({ height, isTent }: Paper) => (isTent ? height / 2 : height);

type Write = (text: string, style: Style, gap: number) => Block[];

/** In the middle of the card; of one that stands on both sides, so that whoever sits opposite reads it too. */
function drawSides(
	doc: PDFKit.PDFDocument,
	paper: Paper,
	compose: (write: Write, scale: number) => Block[]
): void {
	const [width, height] = [paper.width * MM, halfOf(paper) * MM];
	const margin = Math.min(8 * MM, height * 0.1);
	const blocks = shrink(
		(scale) => {
			const write: Write = (text, style, gap) => {
				const lines = wrap(doc, text, { ...style, size: style.size * scale }, width - 14 * MM);
				return lines.length > 0 ? [{ lines, gap: gap * scale }] : [];
			};
			return compose(write, scale);
		},
		height - 2 * margin
	);
	const top = margin + (height - 2 * margin - heightOf(blocks)) / 2;
	if (!paper.isTent) return stack(doc, blocks, top, width);
	doc.save().translate(0, height);
	stack(doc, blocks, top, width);
	doc.restore();
	doc.save().translate(width, height).rotate(180);
	stack(doc, blocks, top, width);
	doc.restore();
}
