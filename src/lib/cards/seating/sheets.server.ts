import { write as writeDocument } from '../document.server.ts';
import { lay, type Layout } from '../sheet.server.ts';
import { listByName, listByTable } from './lists.server.ts';
import { drawPlace, drawTable } from './place-cards.server.ts';
import { drawPlan } from './plan.server.ts';
import type { Print } from './print.ts';
import type { Seated } from './seated.ts';

/** Of A4 with margins that any printer leaves: ten flat ones, eight or two to fold. */
const LAYOUTS = {
	'place-cards': { layout: 'portrait', columns: 2, rows: 5, width: 85, height: 55 },
	'place-tents': { layout: 'portrait', columns: 2, rows: 4, width: 90, height: 70, isTent: true },
	'table-cards': { layout: 'portrait', columns: 2, rows: 2, width: 105, height: 148.5 },
	'table-tents': { layout: 'portrait', columns: 1, rows: 1, width: 210, height: 297, isTent: true }
} satisfies Partial<Record<Print, Layout>>;

export function write(print: Print, seated: Seated): PDFKit.PDFDocument {
	const { names: title, language, theme } = seated;
	return writeDocument({ title, language, theme }, (doc) => fill(doc, print, seated));
}

async function fill(doc: PDFKit.PDFDocument, print: Print, seated: Seated): Promise<void> {
	switch (print) {
		case 'plan-a3':
		case 'plan-a4': {
			const areLegible = await drawPlan(doc, seated, print === 'plan-a3' ? 'A3' : 'A4');
			if (!areLegible) await listByTable(doc, seated);
			return;
		}
		case 'by-table':
			return listByTable(doc, seated);
		case 'by-name':
			return listByName(doc, seated);
		case 'place-cards':
		case 'place-tents': {
			const places = seated.tables.flatMap(({ title, guests }) =>
				guests.map(({ name }) => ({ name, title }))
			);
			return lay(doc, places, LAYOUTS[print], (place) => drawPlace(doc, seated, place, LAYOUTS[print]));
		}
		case 'table-cards':
		case 'table-tents':
			return lay(doc, seated.tables, LAYOUTS[print], (table) =>
				drawTable(doc, seated, table, LAYOUTS[print])
			);
	}
}
