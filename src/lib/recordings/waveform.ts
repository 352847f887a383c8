/** As they are stored: one byte each, the loudest of a part. */
export const decode = (base64: string): Uint8Array =>
	Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

/** The loudest of each of `count` equal parts, from 0 to 1, where the loudest of all is 1. */
export function bars(peaks: Uint8Array, count: number): number[] {
	const loudest = peaks.reduce((most, peak) => Math.max(most, peak), 1);
	return Array.from({ length: count }, (_, n) => {
		const from = Math.floor((n * peaks.length) / count);
		const to = Math.max(from + 1, Math.floor(((n + 1) * peaks.length) / count));
		return Math.max(...peaks.subarray(from, to), 0) / loudest;
	});
}

/** How far it is played, loaded and pointed at, each from 0 to 1. */
export type Progress = { played: number; loaded: number; pointed: number | null };

const BAR = 2;
const STEP = 3;

/** Draws with the canvas's own colours: `color` is played, `outline-color` loaded, `caret-color` the rest. */
export function draw(canvas: HTMLCanvasElement, peaks: Uint8Array, { played, loaded, pointed }: Progress) {
	const { width, height } = canvas.getBoundingClientRect();
	const sharp = devicePixelRatio || 1;
	const [wide, high] = [Math.round(width * sharp), Math.round(height * sharp)];
	// a new size empties it, and costs more than wiping
	if (canvas.width !== wide || canvas.height !== high) [canvas.width, canvas.height] = [wide, high];
	const pen = canvas.getContext('2d');
	if (!pen || !wide) return;
	const { color, outlineColor, caretColor } = getComputedStyle(canvas);
	const all = bars(peaks, Math.max(1, Math.floor(width / STEP)));
	pen.setTransform(sharp, 0, 0, sharp, 0, 0);
	pen.clearRect(0, 0, width, height);
	for (const [n, bar] of all.entries()) {
		const part = (n + 0.5) / all.length;
		const tall = Math.max(BAR, bar * height);
		const isPointed = pointed !== null && part <= pointed && part > played;
		pen.fillStyle = part <= played ? color : part <= loaded ? outlineColor : caretColor;
		pen.globalAlpha = isPointed ? 0.6 : 1;
		if (isPointed) pen.fillStyle = color;
		pen.fillRect(n * STEP, (height - tall) / 2, BAR, tall);
	}
}
