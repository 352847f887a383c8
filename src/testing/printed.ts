import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

const { resolve } = createRequire(import.meta.url);
prepareZXingModule({
	// it would ask a server far away for it
	overrides: {
		wasmBinary: readFileSync(resolve('zxing-wasm/reader/zxing_reader.wasm')).buffer as ArrayBuffer
	}
});

type Picture = { data: Uint8ClampedArray; width: number; height: number };
export type Page = { width: number; height: number; text: string; picture: Picture; png: Buffer };

/** The pages of a PDF: what stands on them, and how they look at 100 dots an inch; sizes are in millimetres. */
export async function readPdf(bytes: Uint8Array): Promise<Page[]> {
	const loading = getDocument({ data: new Uint8Array(bytes), verbosity: 0 });
	const document = await loading.promise;
	const pages = [];
	for (let n = 1; n <= document.numPages; n++) {
		const page = await document.getPage(n);
		const { items } = await page.getTextContent();
		const viewport = page.getViewport({ scale: 100 / 72 });
		const [width, height] = [Math.round(viewport.width), Math.round(viewport.height)];
		const { canvas, context } = (document.canvasFactory as Factory).create(width, height);
		await page.render({ canvas: canvas as never, canvasContext: context as never, viewport }).promise;
		const { data } = context.getImageData(0, 0, width, height);
		const text = items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('');
		const png = (canvas as unknown as { toBuffer(type: 'image/png'): Buffer }).toBuffer('image/png');
		pages.push({
			...{ width: (width / 100) * 25.4, height: (height / 100) * 25.4 },
			...{ text, picture: { data, width, height }, png }
		});
	}
	await loading.destroy();
	return pages;
}

type Factory = {
	create(width: number, height: number): { canvas: HTMLCanvasElement; context: CanvasRenderingContext2D };
};

/** What the QR codes of a picture say, as a phone reads them: from left to right, the upper ones first. */
export async function readCodes(picture: Picture | Blob): Promise<string[]> {
	const found = await readBarcodes(picture as ImageData | Blob, { formats: ['QRCode'] });
	const place = ({ position: { topLeft } }: (typeof found)[0]) =>
		[Math.round(topLeft.y / 40), topLeft.x] as const;
	return found
		.sort((one, other) => place(one)[0] - place(other)[0] || place(one)[1] - place(other)[1])
		.map(({ text }) => text);
}
