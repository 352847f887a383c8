import { setImmediate } from 'node:timers/promises';
import { m } from '../../i18n/compiled/messages.js';
import { sortByName } from '../../i18n/order.ts';
import { canSet } from '../faces.server.ts';
import { fit, HAIR, INK, MM, set, SOFT, type Style } from '../lettering.server.ts';
import { arrange, type Group, type Item, ROW } from './columns.ts';
import { drawFoot, drawHead } from './pages.server.ts';
import type { Seated } from './seated.ts';

type List = { title: string; groups: Group[]; size: number };

const [MARGIN, TOP, BOTTOM] = [16 * MM, 34 * MM, 20 * MM];
const BETWEEN = 10 * MM;

/** Each table with its guests by seat. */
export function listByTable(doc: PDFKit.PDFDocument, seated: Seated): Promise<void> {
	const groups = seated.tables
		.filter(({ guests }) => guests.length)
		.map(({ title, guests }) => ({
			title,
			rows: guests.map(({ name, number }) => ({ text: name, before: String(number) }))
		}));
	return flow(doc, seated, { title: m.print_by_table(), groups, size: 12.5 });
}

/** To hang at the entrance: by name, with the table's number. */
export function listByName(doc: PDFKit.PDFDocument, seated: Seated): Promise<void> {
	const rows = seated.tables.flatMap(({ number, guests }) =>
		guests.map(({ name }) => ({ text: name, after: String(number) }))
	);
	const sorted = sortByName(rows, ({ text }) => text);
	// É stands with E, as it is sorted
	const letterOf = (name: string) => name.normalize('NFD')[0]!.toLocaleUpperCase(seated.language);
	const headOf = (name: string) => (canSet(letterOf(name)) ? letterOf(name) : '…');
	const groups = [...Map.groupBy(sorted, ({ text }) => headOf(text))];
	return flow(doc, seated, {
		title: m.print_by_name(),
		groups: groups.map(([title, rows]) => ({ title, rows })),
		size: 14
	});
}

/** In two columns, on as many pages as it takes. */
async function flow(doc: PDFKit.PDFDocument, seated: Seated, { title, groups, size }: List): Promise<void> {
	const paper = { size: 'A4', layout: 'portrait', margin: 0 } as const;
	doc.addPage(paper);
	const { width, height } = doc.page;
	const wide = (width - 2 * MARGIN - BETWEEN) / 2;
	const columns = arrange(groups, size, height - TOP - BOTTOM);
	for (let first = 0; first < columns.length && !doc.destroyed; first += 2) {
		if (first > 0) doc.addPage(paper);
		drawHead(doc, seated, title, MARGIN);
		drawFoot(doc, seated, MARGIN);
		for (const [n, items] of columns.slice(first, first + 2).entries()) {
			const x = MARGIN + n * (wide + BETWEEN);
			for (const item of items) drawItem(doc, seated, item, { x, size, width: wide });
		}
		// others are answered meanwhile
		await setImmediate();
	}
}

function drawItem(
	doc: PDFKit.PDFDocument,
	{ theme }: Seated,
	item: Item,
	{ x, size, width }: { x: number; size: number; width: number }
): void {
	const write = (text: string, style: Partial<Style>, from: number, at = 0) => {
		const y = TOP + item.y + size * ('row' in item ? 1.05 : 1.3);
		const line = fit(doc, text, { theme, face: 'sans', size, color: INK, ...style }, width - from);
		set(doc, line, { x: x + from, y, width: width - from, at });
	};
	if ('title' in item) return write(item.title, { face: 'serif', size: size * 1.15 }, 0);
	const { text, before, after } = item.row;
	if (before) write(before, { color: SOFT, features: ['lnum'] }, 0);
	write(text, {}, before ? 8 * MM : 0);
	if (after) write(after, { face: 'strong', features: ['lnum'] }, width - 14 * MM, 1);
	const y = TOP + item.y + ROW * size;
	doc
		.lineWidth(0.25)
		.strokeColor(HAIR)
		.moveTo(x, y)
		.lineTo(x + width, y)
		.stroke();
}
