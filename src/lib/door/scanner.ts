import { readCode } from './find.ts';

type Detector = { detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]> };

/** Looked at so often, in milliseconds. */
const EVERY = 150;
/** A hand that trembles loses a card for moments: it is the same one until it was away for so long. */
const AWAY = 2000;

/** Shows the camera in `video` until what it gives back is called. Throws where there is none, or it may not be used. */
async function show(video: HTMLVideoElement): Promise<() => void> {
	const ideal = { width: { ideal: 1280 }, height: { ideal: 720 } };
	const stream = await navigator.mediaDevices.getUserMedia({
		video: { facingMode: 'environment', ...ideal }
	});
	video.srcObject = stream;
	await video.play();
	return () => {
		for (const track of stream.getTracks()) track.stop();
	};
}

type Hearers = {
	/** Each code that is seen, once as long as it stays in sight. */
	tell: (code: string) => void;
	/** The camera went while the phone was away, and does not come back. */
	fail: () => void;
};

/** Reads what the camera sees, and goes on when the phone comes back from elsewhere; gives back what ends it. */
export async function scan(video: HTMLVideoElement, { tell, fail }: Hearers): Promise<() => void> {
	let close = await show(video);
	const detector = await findDetector();
	let last = '';
	let seenAt = 0;
	let isLooking = false;
	const timer = setInterval(async () => {
		if (isLooking || video.readyState < video.HAVE_CURRENT_DATA) return;
		isLooking = true;
		const [seen] = await detector.detect(video).catch(() => []);
		isLooking = false;
		if (!seen) return;
		const code = readCode(seen.rawValue) ?? seen.rawValue;
		const isNew = code !== last || Date.now() - seenAt > AWAY;
		[last, seenAt] = [code, Date.now()];
		if (isNew) tell(code);
	}, EVERY);

	async function comeBack() {
		if (document.visibilityState === 'hidden') return;
		const [track] = (video.srcObject as MediaStream).getVideoTracks();
		if (track?.readyState === 'live' && !track.muted) return void video.play().catch(fail);
		close();
		await show(video).then((next) => (close = next), fail);
	}

	document.addEventListener('visibilitychange', comeBack);
	return () => {
		clearInterval(timer);
		document.removeEventListener('visibilitychange', comeBack);
		close();
		video.srcObject = null;
	};
}

let found: Promise<Detector> | undefined;

/** The browser's own where it reads such codes, as on most phones; else one that is loaded. */
async function findDetector(): Promise<Detector> {
	found ??= findOwn().then((own) => own ?? load());
	found.catch(() => (found = undefined));
	return found;
}

/** So that it is here before it is needed, where there may be no network. */
export const prepare = async () => void (await findDetector());

async function findOwn(): Promise<Detector | undefined> {
	const own = (globalThis as { BarcodeDetector?: typeof import('barcode-detector/ponyfill').BarcodeDetector })
		.BarcodeDetector;
	const formats = await own?.getSupportedFormats().catch((): string[] => []);
	return own && formats?.includes('qr_code') ? new own({ formats: ['qr_code'] }) : undefined;
}

async function load(): Promise<Detector> {
	const { BarcodeDetector, prepareZXingModule } = await import('barcode-detector/ponyfill');
	const { default: wasm } = await import('zxing-wasm/reader/zxing_reader.wasm?url');
	await prepareZXingModule({ overrides: { locateFile: () => wasm }, fireImmediately: true });
	return new BarcodeDetector({ formats: ['qr_code'] });
}
