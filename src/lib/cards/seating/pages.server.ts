import { setNames } from '../drawn.server.ts';
import { fit, INK, MM, set, SOFT } from '../lettering.server.ts';
import type { Seated } from './seated.ts';

/** Whose it is and what: on every page, for one falls off the wall. */
export function drawHead(doc: PDFKit.PDFDocument, seated: Seated, title: string, margin: number): void {
	const { theme, event, accent } = seated;
	const width = doc.page.width - 2 * margin;
	const names = { theme, face: 'names', size: 20, color: INK } as const;
	const small = { theme, face: 'sans', size: 11, color: SOFT } as const;
	const middle = { x: margin, width, at: 0.5 };
	set(doc, fit(doc, setNames(seated), names, width), { ...middle, y: margin + 1 * MM });
	set(doc, fit(doc, `${event} · ${title}`, small, width), { ...middle, y: margin + 7 * MM });
	const [from, to] = [doc.page.width / 2 - 7 * MM, doc.page.width / 2 + 7 * MM];
	doc
		.lineWidth(0.5)
		.strokeColor(accent)
		.moveTo(from, margin + 10 * MM)
		.lineTo(to, margin + 10 * MM)
		.stroke();
}

/** Of which plan, and when it was so. */
export function drawFoot(
	doc: PDFKit.PDFDocument,
	{ theme, plan, time }: Seated,
	margin: number,
	more = ''
): void {
	const width = doc.page.width - 2 * margin;
	const small = { theme, face: 'sans', size: 8.5, color: SOFT } as const;
	const text = [plan, time, more].filter(Boolean).join(' · ');
	set(doc, fit(doc, text, small, width), { x: margin, y: doc.page.height - 9 * MM, width, at: 0.5 });
}
