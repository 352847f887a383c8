import { readCode } from './find.ts';

type Detector = { detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]> };

/** Looked at so often, in milliseconds. */
const EVERY = 200;

/** Shows the camera in `video` and tells each code of a card that it sees, once as long as it stays in sight. */
export async function scan(video: HTMLVideoElement, tell: (code: string) => void): Promise<() => void> {
	const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
	const detector = await makeDetector();
	video.srcObject = stream;
	await video.play();
	let last = '';
	let isLooking = false;
	const timer = setInterval(async () => {
		if (isLooking || video.readyState < video.HAVE_CURRENT_DATA) return;
		isLooking = true;
		const seen = await detector.detect(video).catch(() => []);
		isLooking = false;
		const code = seen.map(({ rawValue }) => readCode(rawValue) ?? rawValue)[0] ?? '';
		if (code && code !== last) tell(code);
		last = code;
	}, EVERY);
	return () => {
		clearInterval(timer);
		for (const track of stream.getTracks()) track.stop();
		video.srcObject = null;
	};
}

/** The browser's own where it reads such codes, as on most phones; else one that is loaded now. */
async function makeDetector(): Promise<Detector> {
	const own = (globalThis as { BarcodeDetector?: typeof import('barcode-detector/ponyfill').BarcodeDetector })
		.BarcodeDetector;
	const formats = await own?.getSupportedFormats().catch((): string[] => []);
	if (own && formats?.includes('qr_code')) return new own({ formats: ['qr_code'] });
	const { BarcodeDetector, prepareZXingModule } = await import('barcode-detector/ponyfill');
	const { default: wasm } = await import('zxing-wasm/reader/zxing_reader.wasm?url');
	prepareZXingModule({ overrides: { locateFile: () => wasm } });
	return new BarcodeDetector({ formats: ['qr_code'] });
}
