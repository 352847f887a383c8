import { setImmediate } from 'node:timers/promises';
import PDFDocument from 'pdfkit';
import type { Theme } from '../looks/look.ts';
import { listCommon } from './faces.server.ts';

type About = { title: string; language?: string; theme?: Theme };

/** A PDF that comes while it is written. */
export function write(
	{ title, language, theme }: About,
	fill: (doc: PDFKit.PDFDocument) => Promise<void>
): PDFKit.PDFDocument {
	const info = { Title: title, Creator: 'Vowtape', Producer: 'Vowtape' };
	const doc = new PDFDocument({ autoFirstPage: false, lang: language, info });
	open(doc, theme)
		.then(() => fill(doc))
		.then(
			() => doc.end(),
			(error) => doc.destroy(error)
		);
	return doc;
}

async function open(doc: PDFKit.PDFDocument, theme?: Theme): Promise<void> {
	for (const file of listCommon(theme)) {
		doc.font(file).widthOfString('Aa');
		// others are answered meanwhile
		await setImmediate();
	}
}
