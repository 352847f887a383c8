import { readCode } from './find.ts';
import { findReader } from './reader.ts';

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
	const read = await findReader();
	let last = '';
	let seenAt = 0;
	let isLooking = false;
	const timer = setInterval(async () => {
		if (isLooking || video.readyState < video.HAVE_CURRENT_DATA) return;
		isLooking = true;
		const [seen] = await read(video).catch(() => []);
		isLooking = false;
		if (!seen) return;
		const code = readCode(seen) ?? seen;
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
