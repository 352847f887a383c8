/** Gives back what the codes say that a film shows at this moment. */
export type Reader = (film: HTMLVideoElement) => Promise<string[]>;

type Detector = { detect(film: HTMLVideoElement): Promise<{ rawValue: string }[]> };
type DetectorClass = {
	new (options: { formats: string[] }): Detector;
	getSupportedFormats(): Promise<string[]>;
};

let found: Promise<Reader> | undefined;

/** The browser's own where it reads such codes, as on most phones; else one that is loaded. */
export function findReader(): Promise<Reader> {
	found ??= findOwn().then((own) => own ?? load());
	// for another try, with a network
	found.catch(() => (found = undefined));
	return found;
}

async function findOwn(): Promise<Reader | undefined> {
	const { BarcodeDetector } = globalThis as { BarcodeDetector?: DetectorClass };
	const formats = await BarcodeDetector?.getSupportedFormats().catch((): string[] => []);
	if (!BarcodeDetector || !formats?.includes('qr_code')) return undefined;
	const detector = new BarcodeDetector({ formats: ['qr_code'] });
	return async (film) => (await detector.detect(film)).map(({ rawValue }) => rawValue);
}

async function load(): Promise<Reader> {
	const { prepareZXingModule, readBarcodes } = await import('zxing-wasm/reader');
	const { default: wasm } = await import('zxing-wasm/reader/zxing_reader.wasm?url');
	await prepareZXingModule({ overrides: { locateFile: () => wasm }, fireImmediately: true });
	const canvas = document.createElement('canvas');
	const context = canvas.getContext('2d', { willReadFrequently: true })!;
	return async (film) => {
		[canvas.width, canvas.height] = [film.videoWidth, film.videoHeight];
		context.drawImage(film, 0, 0);
		const image = context.getImageData(0, 0, canvas.width, canvas.height);
		const codes = await readBarcodes(image, { formats: ['QRCode'], maxNumberOfSymbols: 1 });
		return codes.filter(({ isValid }) => isValid).map(({ text }) => text);
	};
}
